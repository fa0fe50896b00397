using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Sync;

/// <summary>How far the search for one block has come.</summary>
/// <remarks>flow-go model/chainsync/status.go.</remarks>
internal sealed class RequestStatus(Height height)
{
    private SimTime requestedAt;

    public Height Height { get; } = height;

    public int Attempts { get; private set; }

    /// <summary>The block that came; null as long as none did.</summary>
    public Block? Received { get; set; }

    public void Requested(SimTime now)
    {
        requestedAt = now;
        Attempts++;
    }

    /// <summary>Whether it was never requested, or long enough ago: the n-th attempt is given 2^n intervals.</summary>
    public bool IsDue(SimTime now, SimDuration retryInterval) => Attempts == 0
        || now >= requestedAt + new SimDuration(retryInterval.Nanoseconds << Attempts);
}
