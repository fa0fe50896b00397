using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>What a replica starts from: its identity, its disk and its parameters.</summary>
/// <param name="Self">Under which identity it signs.</param>
/// <param name="Disk">What it finds when it starts.</param>
/// <param name="Committee">Who votes and leads.</param>
/// <param name="Pacemaker">How long to wait in a view.</param>
/// <param name="CruiseControl">When to publish.</param>
/// <param name="Epochs">Consecutive epochs.</param>
/// <param name="Constants">The numbers in the safety rules.</param>
/// <param name="Sync">What it synchronises with; null when it does not.</param>
/// <param name="Listener">Hears how its block tree grows.</param>
/// <param name="Payloads">Fills and judges blocks; null when blocks are empty.</param>
public sealed record ReplicaStart(
    NodeId Self, Disk Disk, Committee Committee, PacemakerConfig Pacemaker, CruiseControlConfig CruiseControl,
    IReadOnlyList<EpochTiming> Epochs, SafetyConstants Constants, SyncStart? Sync = null,
    IChainListener? Listener = null, IPayloads? Payloads = null);
