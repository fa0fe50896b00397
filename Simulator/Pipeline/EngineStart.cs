using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Upgrades;

namespace FlowSim.Pipeline;

/// <summary>What an engine starts from.</summary>
/// <param name="Self">Under which identity its node signs.</param>
/// <param name="Root">The block that everybody trusts from the start.</param>
/// <param name="Disk">What the node finds: the last finalized block, those above it, and what the engine wrote. The
/// chain's core puts its tree back without telling the engine of it.</param>
/// <param name="IsRestart">Whether the node has run before.</param>
/// <param name="Ledger">The node's finalized chain.</param>
/// <param name="Roster">Who is who.</param>
/// <param name="Luck">The draws of the run; an engine's are about <see cref="Key"/>.</param>
/// <param name="Snapshot">What a new node starts from instead of the root; null at every other start.</param>
/// <param name="Image">The image that the process runs; null in worlds without any.</param>
/// <param name="Beacons">The version beacons that the node has indexed, the newest finalized block's included; null in
/// worlds without a protocol state.</param>
public sealed record EngineStart(
    NodeId Self, Block Root, Disk Disk, bool IsRestart, Ledger Ledger, Roster Roster, Luck Luck,
    Snapshot? Snapshot = null, Image? Image = null, SealedBeacons? Beacons = null)
{
    /// <summary>The key of the node's name.</summary>
    public ulong Key => Roster.KeyOf(Self);
}
