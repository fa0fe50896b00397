using System;
using System.Collections.Generic;
using System.Text;
using FlowSim.Chain;
using static FlowSim.Analysis.Metrics.MetricDefinition;

namespace FlowSim.Analysis.Metrics;

/// <summary>The figures of the transaction pipeline.</summary>
/// <remarks>
/// Times begin when an access node takes the transaction and are observed at that node; terms are those of the working
/// group (2024-03-28, 2024-04-25) and of module/metrics/transaction.go. Transactions taken in the warm-up or in the
/// last 30 s of a run are left out; an older one that has not come so far, or took more than two minutes, counts as
/// longer than any other.
/// </remarks>
public static class PipelineMetrics
{
    public static readonly IReadOnlyList<MetricDefinition> TimeToSubmission = Quantiles("tx-submission",
        "time until a collection node has taken it, as the access node knows", null);

    public static readonly IReadOnlyList<MetricDefinition> TimeToFinality = Quantiles("tx-finality",
        "time to finality (TTF): the block with the transaction's collection is final and the collection known",
        "transaction_submission time_to_finalized");

    public static readonly IReadOnlyList<MetricDefinition> TimeToExecution = Quantiles("tx-execution",
        "time to execution (TTE): a receipt for that block has come", "transaction_submission time_to_executed");

    public static readonly IReadOnlyList<MetricDefinition> TimeToSoftFinality = Quantiles("tx-soft-finality",
        "time to finality and execution (TTFE): the later of the two",
        "transaction_submission time_to_finalized_executed");

    public static readonly IReadOnlyList<MetricDefinition> TimeToSeal = Quantiles("tx-seal",
        "time to seal (TTS): a final block seals that block", "transaction_submission time_to_sealed");

    public static readonly MetricDefinition SealAfterExecution = Occasional("seal-after-execution-p50", "s",
        "median over transactions from soft finality to seal", 3);

    public static readonly MetricDefinition SealingLag = Occasional("sealing-lag", "blocks",
        "mean over counted final blocks of their height less the newest height they seal", 2, isHeadline: true);

    public static readonly MetricDefinition SealingLagMax = Occasional("sealing-lag-max", "blocks",
        "largest of the same", 1);

    public static readonly MetricDefinition Throughput = Occasional("tx-throughput", "1/s",
        "transactions that final collections order, per second of the counted part", 3, isHeadline: true);

    public static readonly MetricDefinition Unfinished = Occasional("tx-unfinished", "share",
        "counted transactions that were not sealed within two minutes or by the run's end, expired ones included", 4,
        isHeadline: true);

    public static readonly MetricDefinition Refused = Occasional("tx-refused", "share",
        "counted transactions that no collection node took", 4);

    public static readonly MetricDefinition ExecutionForks = Occasional("execution-forks", "nodes",
        "consensus nodes that stopped over contradicting seals", 2);

    public static readonly MetricDefinition DivergedExecutors = Occasional("diverged-executors", "nodes",
        "execution nodes that found their state to differ from the sealed one", 2);

    public static readonly MetricDefinition ChunkFaults = Occasional("chunk-faults", "chunks",
        "chunks that a verification node came to another end of", 2);

    public static readonly MetricDefinition MessagesPerBlock = Occasional("messages-per-block", "messages",
        "messages of all kinds handed to a node, per final block of the whole run", 0, isHeadline: true);

    private static readonly IReadOnlyList<MetricDefinition> ByKind = Array.ConvertAll(
        Enum.GetValues<MessageKind>(), kind => Occasional($"messages-{Kebab(kind)}", "messages",
            "messages of this kind handed to a node, per final block of the whole run", 1));

    /// <summary>All of them, in the order of reports.</summary>
    public static readonly IReadOnlyList<MetricDefinition> All =
    [
        .. TimeToSubmission, .. TimeToFinality, .. TimeToExecution, .. TimeToSoftFinality, .. TimeToSeal,
        SealAfterExecution, SealingLag, SealingLagMax, Throughput, Unfinished, Refused, ExecutionForks,
        DivergedExecutors, ChunkFaults,
        MessagesPerBlock, .. ByKind,
    ];

    /// <summary>The probabilities of the quantiles of a time.</summary>
    public static IReadOnlyList<double> Probabilities => [0.10, 0.50, 0.90, 0.99];

    /// <summary>Messages of one kind per block.</summary>
    public static MetricDefinition MessagesOf(MessageKind kind) => ByKind[(int)kind];

    private static MetricDefinition[] Quantiles(string name, string meaning, string? flowGo) =>
    [
        Occasional($"{name}-p10", "s", $"10th percentile of the {meaning}", 3, flowGo),
        Occasional($"{name}-p50", "s", $"median of the {meaning}", 3, flowGo, isHeadline: flowGo is not null),
        Occasional($"{name}-p90", "s", $"90th percentile of the {meaning}", 3, flowGo),
        Occasional($"{name}-p99", "s", $"99th percentile of the {meaning}", 3, flowGo),
    ];

    private static string Kebab(MessageKind kind)
    {
        var text = new StringBuilder();
        foreach (char letter in kind.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
