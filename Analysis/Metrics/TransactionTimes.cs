using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>How long transactions take, from when an access node took them.</summary>
/// <remarks>
/// A transaction is judged when it is <see cref="Horizon"/> old, so that the fast ones among the last do not flatter;
/// the memory is what is younger, and what is still open.
/// </remarks>
public sealed class TransactionTimes
{
    /// <summary>Age at which a transaction counts. About three times what a seal takes on mainnet.</summary>
    public static readonly SimDuration Horizon = SimDuration.FromSeconds(30);

    /// <summary>Beyond it the histograms tell nothing apart.</summary>
    private static readonly SimDuration Limit =
        SimDuration.FromMilliseconds(DurationHistogram.Bins);

    private static readonly SimDuration Open = SimDuration.FromSeconds(3600);

    private readonly Dictionary<TransactionId, Life> lives = [];
    private readonly Queue<Life> byAge = new();
    private readonly Queue<Life> late = new();
    private readonly DurationHistogram submission = new();
    private readonly DurationHistogram finality = new();
    private readonly DurationHistogram execution = new();
    private readonly DurationHistogram softFinality = new();
    private readonly DurationHistogram seal = new();
    private readonly DurationHistogram gap = new();
    private long unfinished;
    private long refused;
    private long counted;

    /// <summary>An access node took a transaction that counts.</summary>
    public void Submitted(Transaction transaction, SimTime at)
    {
        var life = new Life(transaction.Id, at);
        if (lives.TryAdd(transaction.Id, life)) byAge.Enqueue(life);
        Ripen(at);
    }

    /// <summary>Its status has changed.</summary>
    public void Changed(Notice.StatusChanged changed, SimTime at)
    {
        if (!lives.TryGetValue(changed.TransactionId, out Life? life)) return;
        switch (changed.Status)
        {
            case TransactionStatus.Pending:
                life.Submission = at - life.At;
                break;
            case TransactionStatus.Finalized:
                life.Finality = at - life.At;
                break;
            case TransactionStatus.Executed:
                life.Execution = changed.Since - life.At;
                life.SoftFinality = at - life.At;
                break;
            case TransactionStatus.Sealed:
                life.Seal = at - life.At;
                break;
            case TransactionStatus.Refused:
                life.IsRefused = true;
                break;
        }
    }

    public void Report(MetricSheet sheet, SimTime end)
    {
        Ripen(end);
        while (late.TryDequeue(out Life? open)) Count(open);
        if (counted == 0) return;
        Put(sheet, PipelineMetrics.TimeToSubmission, submission);
        Put(sheet, PipelineMetrics.TimeToFinality, finality);
        Put(sheet, PipelineMetrics.TimeToExecution, execution);
        Put(sheet, PipelineMetrics.TimeToSoftFinality, softFinality);
        Put(sheet, PipelineMetrics.TimeToSeal, seal);
        sheet.Put(PipelineMetrics.SealAfterExecution, gap.Quantile(0.5));
        sheet.Put(PipelineMetrics.Unfinished, unfinished / (double)counted);
        sheet.Put(PipelineMetrics.Refused, refused / (double)counted);
    }

    /// <summary>Counts who is old enough and done; who is not done waits, up to the longest time that is told apart.
    /// </summary>
    private void Ripen(SimTime now)
    {
        while (byAge.TryPeek(out Life? oldest) && oldest.At + Horizon <= now)
        {
            byAge.Dequeue();
            if (oldest.Seal is not null || oldest.IsRefused) Count(oldest);
            else late.Enqueue(oldest);
        }

        while (late.TryPeek(out Life? open) && (open.Seal is not null || open.At + Limit <= now))
            Count(late.Dequeue());
    }

    private void Count(Life life)
    {
        lives.Remove(life.Id);
        counted++;
        if (life.IsRefused) refused++;
        if (life.Seal is null) unfinished++;
        submission.Add(life.Submission ?? Open);
        finality.Add(life.Finality ?? Open);
        execution.Add(life.Execution ?? Open);
        softFinality.Add(life.SoftFinality ?? Open);
        seal.Add(life.Seal ?? Open);
        if (life is { Seal: { } sealedAfter, SoftFinality: { } executedAfter }) gap.Add(sealedAfter - executedAfter);
    }

    private static void Put(MetricSheet sheet, IReadOnlyList<MetricDefinition> metrics, DurationHistogram times)
    {
        for (int i = 0; i < metrics.Count; i++)
            sheet.Put(metrics[i], times.Quantile(PipelineMetrics.Probabilities[i]));
    }

    /// <summary>One transaction; what has not come is null.</summary>
    private sealed class Life(TransactionId id, SimTime at)
    {
        public TransactionId Id { get; } = id;

        public SimTime At { get; } = at;

        public SimDuration? Submission { get; set; }

        public SimDuration? Finality { get; set; }

        public SimDuration? Execution { get; set; }

        public SimDuration? SoftFinality { get; set; }

        public SimDuration? Seal { get; set; }

        public bool IsRefused { get; set; }
    }
}
