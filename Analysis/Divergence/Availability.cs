using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Divergence;

/// <summary>What a network loses beside being wrong: an upgrade that stops is safe and not free.</summary>
public sealed class Availability
{
    /// <summary>Ten views of about a second: no step of a healthy network takes that long. An assumption.</summary>
    public static readonly SimDuration NormalGap = SimDuration.FromSeconds(10);

    private readonly ulong[] executed;
    private int newest = -1;
    private SimTime newestAt = SimTime.Zero;

    /// <param name="nodes">How many nodes there are.</param>
    public Availability(int nodes) => executed = new ulong[nodes];

    /// <summary>No block becomes final anywhere.</summary>
    public Drought Finality { get; } = new(NormalGap);

    /// <summary>No seal becomes final anywhere.</summary>
    public Drought Sealing { get; } = new(NormalGap);

    /// <summary>Fewer than two execution nodes get on.</summary>
    public Drought Execution { get; } = new(NormalGap);

    /// <summary>Scripts that nobody could answer.</summary>
    public long Refused { get; private set; }

    /// <summary>Scripts whose answer rests on another state than the specified one.</summary>
    public long Wrong { get; private set; }

    /// <summary>An execution node has executed a block; it gets on when none so high was before.</summary>
    public void Executed(int node, Height height, SimTime at)
    {
        if (height.Value <= executed[node]) return;
        executed[node] = height.Value;
        if (node != newest && newest >= 0) Execution.Advance(at, newestAt);
        (newest, newestAt) = (node, at);
    }

    public void Answered(Commitment? state, Commitment? specified)
    {
        Refused += state is null ? 1 : 0;
        Wrong += state is not null && specified is not null && state != specified ? 1 : 0;
    }
}
