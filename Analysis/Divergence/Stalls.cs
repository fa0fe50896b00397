using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;

namespace FlowSim.Analysis.Divergence;

/// <summary>D15: fewer than two execution nodes get on for longer than the normal gap.</summary>
public sealed class ExecutionStall : IOutcome
{
    public static readonly OutcomeKind Kind = new("d15-execution-stalls", "times",
        "D15: times that fewer than two execution nodes got on, for longer than 10 s", () => new ExecutionStall());

    public long Count { get; private set; }

    public void End(Scene scene, SimTime at) => Count = scene.Availability.Execution.Count(at);
}

/// <summary>D16: epoch fallback mode begins while nothing is sealed for longer than the normal gap.</summary>
public sealed class SealingHaltToFallback : IOutcome
{
    public static readonly OutcomeKind Kind = new("d16-sealing-halts-to-fallback", "times",
        "D16: times that epoch fallback mode began while no seal had become final for longer than 10 s",
        () => new SealingHaltToFallback());

    private ulong newest;

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry)
    {
        if (entry.Notice is not Notice.StateChanged changed || changed.Block.View.Value <= newest) return;
        newest = changed.Block.View.Value;
        bool begins = changed.After is KeyValueSnapshot { Epochs.IsFallback: true }
            && changed.Before is KeyValueSnapshot { Epochs.IsFallback: false };
        Count += begins && scene.Availability.Sealing.IsOn(entry.At) ? 1 : 0;
    }
}
