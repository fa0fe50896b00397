using FlowSim.Analysis.Divergence;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>The one probe that measures a run; its memory does not grow with simulated time.</summary>
/// <remarks>
/// It hears every notice of every node, so the kind is told apart once and followers are dropped.
/// </remarks>
public sealed class RunObserver : IProbe
{
    /// <summary>Who observes a block so many views late is catching up: it is final by then if all is well.</summary>
    private const ulong CatchingUpViews = 3;

    private readonly RunKey key;
    private readonly ObservedCommittee committee;
    private readonly ViewWindow window;
    private readonly ViewSeriesBuilder series = new();
    private readonly ViewTimes viewTimes;
    private readonly BlockRate blockRate;
    private readonly FinalizedChain chain;
    private readonly FinalityTimes finality;
    private readonly PublicationDelays delays;
    private readonly EpochEnds epochEnds;
    private readonly ControllerErrors errors;
    private readonly ControllerLimits limits;
    private readonly Recovery recovery;
    private readonly PipelineObserver? pipeline;
    private readonly EpochObserver? epochs;
    private readonly DivergenceObserver? divergence;
    private readonly ExecutionPauses pauses;
    private SimTime? endedAt;
    private ulong newestObserved;

    /// <summary>
    /// An observer of one run; views before the end of the warm-up are in the series, in no figure.
    /// </summary>
    public RunObserver(RunKey key, RunSpec spec, ulong warmupViews)
    {
        this.key = key;
        committee = new ObservedCommittee(spec, warmupViews);
        window = new ViewWindow(committee.FirstView, Retire);
        viewTimes = new ViewTimes(committee);
        blockRate = new BlockRate(committee);
        chain = new FinalizedChain(committee);
        finality = new FinalityTimes(committee);
        delays = new PublicationDelays(committee);
        epochEnds = new EpochEnds(committee);
        errors = new ControllerErrors(committee, epochEnds);
        limits = new ControllerLimits(committee);
        recovery = new Recovery(committee);
        pauses = new ExecutionPauses(spec);
        if (spec.Pipeline is not null) pipeline = new PipelineObserver(committee.FirstCounted);
        if (spec.Protocol is not null) epochs = new EpochObserver(spec);
        if (spec.Upgrade is not null) divergence = new DivergenceObserver(spec);
    }

    /// <summary>The newest view any node entered.</summary>
    public ulong HighestView => viewTimes.Newest;

    public void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        epochs?.On(node, entry.Notice, entry.At);
        divergence?.On(in entry);
        if (!committee.Contains(node))
        {
            pipeline?.On(node, entry.Notice, entry.At);
            if (entry.Notice is Notice.Executed executed) pauses.Executed(node, executed.Result.Height, entry.At);
            return;
        }

        switch (entry.Notice)
        {
            case Notice.Incorporated incorporated:
                epochEnds.Incorporated(node, incorporated.Block.View, entry.At);
                break;
            case Notice.ControllerUpdated updated:
                Observed(updated.Observation);
                break;
            case Notice.EnteredView entered:
                Entered(node, entered, entry.At);
                break;
            case Notice.Finalized finalized:
                Finalized(node, finalized.Block, entry.At);
                break;
            case Notice.TimedOut timedOut:
                viewTimes.TimedOut(timedOut.Timeout);
                break;
            case Notice.Published published:
                Published(node, published, entry.At);
                break;
            case Notice.StateChanged { After: var state }:
                epochEnds.Known(state);
                break;
            case Notice.Bootstrapped joined:
                epochEnds.Joined(node, joined.Head);
                break;
            case Notice.ExecutionFork:
                pipeline?.Forked(node);
                break;
        }
    }

    public void End(SimTime at)
    {
        endedAt = at;
        window.Close();
        divergence?.End(at);
    }

    /// <summary>What the run was measured to be.</summary>
    /// <exception cref="System.InvalidOperationException">The run has not ended.</exception>
    /// <param name="result">What the run came to beside; null when nobody counted messages.</param>
    public Measurement Measure(RunResult? result = null)
    {
        SimTime end = endedAt ?? throw new System.InvalidOperationException("The run has not ended.");
        var sheet = new MetricSheet();
        viewTimes.Report(sheet);
        blockRate.Report(sheet, end);
        chain.Report(sheet, viewTimes.Newest, end);
        finality.Report(sheet);
        delays.Report(sheet, viewTimes.MeanSeconds);
        epochEnds.Report(sheet);
        errors.Report(sheet);
        limits.Report(sheet);
        recovery.Report(sheet, end);
        epochs?.Report(sheet, end);
        divergence?.Report(sheet);
        pauses.Report(sheet);
        if (result is not null) pipeline?.Report(sheet, result, end);
        return new Measurement(key, sheet.Measured(), finality.Histogram, series.Build())
        {
            Starts = divergence?.Notable ?? [],
        };
    }

    private void Retire(in ViewSlot slot)
    {
        series.Add(slot.ToRow());
        errors.Take(in slot);
        recovery.Take(in slot);
    }

    private void Entered(int node, Notice.EnteredView entered, SimTime at)
    {
        viewTimes.Entered(node, entered, at, window);
        blockRate.Entered(node, entered.View, at);
        chain.Entered(entered.View, at);
    }

    /// <remarks>
    /// A node that catches up observes blocks long after the others and takes the time that it was away for its error.
    /// It steers nothing by that, and no view's error is the network's if hours of two nodes are in its mean.
    /// </remarks>
    private void Observed(in ControllerObservation observation)
    {
        newestObserved = ulong.Max(newestObserved, observation.View.Value);
        if (observation.View.Value + CatchingUpViews <= newestObserved) return;
        ControllerErrors.Observed(ref window.At(observation.View.Value), in observation);
        limits.Observed(in observation);
    }

    private void Finalized(int node, Block block, SimTime at)
    {
        blockRate.Finalized(node, block, at);
        chain.Finalized(block, at);
        pipeline?.Finalized(block, at);
        finality.Finalized(ref window.At(block.View.Value), block, at);
    }

    private void Published(int node, Notice.Published published, SimTime at)
    {
        FinalityTimes.Published(ref window.At(published.Block.View.Value), published, node, at);
        delays.Published(published, at);
    }
}
