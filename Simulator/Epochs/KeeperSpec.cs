using FlowSim.ProtocolState;

namespace FlowSim.Epochs;

/// <summary>The rules of a state keeper.</summary>
/// <param name="Support">What the node's software can handle.</param>
/// <param name="EjectsAtSeal">Whether an ejected node is heard no longer from the sealing block on; else it is until
/// the next switchover, as before there was a dynamic protocol state.</param>
public sealed record KeeperSpec(VersionSupport Support, bool EjectsAtSeal);
