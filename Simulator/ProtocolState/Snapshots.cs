using System.Collections.Generic;
using System.Globalization;
using FlowSim.Chain;

namespace FlowSim.ProtocolState;

/// <summary>The protocol state of every known block, on every fork.</summary>
/// <remarks>A state depends on the block and its ancestors only, so nodes that run the same software may share
/// one.</remarks>
public sealed class Snapshots
{
    private readonly Dictionary<BlockId, KeyValueSnapshot> byBlock = [];
    private readonly VersionSupport support;

    public Snapshots(BlockId root, KeyValueSnapshot ofRoot, VersionSupport support)
    {
        byBlock.Add(root, ofRoot);
        this.support = support;
    }

    /// <summary>The state as of a block, its own effects included; none when the block is unknown.</summary>
    public KeyValueSnapshot? Of(BlockId block) => byBlock.GetValueOrDefault(block);

    /// <summary>Computes and keeps a block's state.</summary>
    /// <exception cref="ProtocolStateException">The parent is unknown, or the state cannot be computed.</exception>
    public Evolved Add(BlockId block, BlockId parent, View view, IReadOnlyList<SealedEvents> seals)
    {
        if (!byBlock.TryGetValue(parent, out KeyValueSnapshot? before))
            throw new ProtocolStateException(ProtocolStateFault.ParentNotFound, string.Create(
                CultureInfo.InvariantCulture, $"no protocol state of parent {parent.Value:x16}"));
        Evolved evolved = Evolution.Next(before, view, seals, support);
        byBlock[block] = evolved.Snapshot;
        return evolved;
    }

    /// <summary>Forgets a block's state.</summary>
    public void Forget(BlockId block) => byBlock.Remove(block);
}
