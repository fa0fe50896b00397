using FlowSim.ProtocolState;
using FlowSim.Upgrades;

namespace FlowSim.Epochs;

/// <summary>The rules of a state keeper.</summary>
/// <param name="Support">What the node's software can handle.</param>
/// <param name="EjectsAtSeal">Whether an ejected node is heard no longer from the sealing block on; else it is until
/// the next switchover, as before there was a dynamic protocol state.</param>
/// <param name="Knowledge">What snapshots tell of version beacons.</param>
public sealed record KeeperSpec(VersionSupport Support, bool EjectsAtSeal, BeaconKnowledge Knowledge);
