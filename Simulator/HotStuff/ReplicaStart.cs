using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>What a replica starts from: its identity, its disk and its parameters.</summary>
/// <param name="Self">Under which identity it signs.</param>
/// <param name="Disk">What it finds when it starts.</param>
/// <param name="Epochs">What it knows of epochs: who votes and leads. It sees what others write into the book.</param>
/// <param name="Pacemaker">How long to wait in a view.</param>
/// <param name="CruiseControl">When to publish.</param>
/// <param name="Constants">The numbers in the safety rules.</param>
/// <param name="Sync">What it synchronises with; null when it does not.</param>
/// <param name="Listener">Hears how its block tree grows.</param>
/// <param name="Payloads">Fills and judges blocks; null when blocks are empty.</param>
/// <param name="Standings">Knows who is ejected; null when nobody ever is.</param>
/// <param name="Keys">The node's own keys of the random beacon; null when it has those that the committee says.</param>
public sealed record ReplicaStart(
    NodeId Self, Disk Disk, KnownEpochs Epochs, PacemakerConfig Pacemaker, CruiseControlConfig CruiseControl,
    SafetyConstants Constants, SyncStart? Sync = null, IChainListener? Listener = null, IPayloads? Payloads = null,
    IStandings? Standings = null, IBeaconKeys? Keys = null);
