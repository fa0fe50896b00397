using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Epochs;

/// <summary>What each block makes of its parent's protocol state, computed once for all who ask.</summary>
/// <remarks>
/// A pure function of block and software. It is kept for the newest blocks and computed anew when somebody far behind
/// asks for an old one, because a block carries its parent's state by its own ancestors.
/// </remarks>
public sealed class Evolutions
{
    private const int Kept = 1 << 10;

    private readonly Dictionary<(BlockId, VersionSupport), Evolved> known = [];
    private readonly Queue<(BlockId, VersionSupport)> order = new();

    /// <summary>The state that a block should commit to.</summary>
    /// <param name="block">The block; it has a payload of the main chain.</param>
    /// <param name="parent">The state of its parent.</param>
    /// <param name="support">What the asking node's software can handle.</param>
    /// <exception cref="ProtocolStateException">The software cannot compute it.</exception>
    public Evolved Of(Block block, CommittedState parent, VersionSupport support)
    {
        (BlockId, VersionSupport) key = (block.Id, support);
        if (known.TryGetValue(key, out Evolved evolved)) return evolved;
        evolved = Next(parent, block.View, ((Payload.Main)block.Payload!).Seals, support);
        known.Add(key, evolved);
        order.Enqueue(key);
        if (order.Count > Kept) known.Remove(order.Dequeue());
        return evolved;
    }

    /// <summary>The state of a block that is being built.</summary>
    /// <exception cref="ProtocolStateException">The software cannot compute it.</exception>
    public static Evolved Next(CommittedState parent, View view, IReadOnlyList<Seal> seals, VersionSupport support)
    {
        var events = new SealedEvents[seals.Count];
        for (int i = 0; i < events.Length; i++)
            events[i] = new SealedEvents(seals[i].Height, seals[i].Result.ServiceEvents);
        return Evolution.Next((KeyValueSnapshot)parent, view, events, support);
    }
}
