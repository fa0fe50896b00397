using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Sync;

/// <summary>Whom a node may ask for blocks: all consensus nodes but itself, in flow-go for any role.</summary>
/// <param name="purpose">The asking node's own draws.</param>
/// <param name="current">All that may be asked now, perhaps with the asking node among them.</param>
/// <param name="self">The asking node.</param>
public sealed class Peers(Luck.Purpose purpose, Func<PeerTable> current, NodeId self)
{
    /// <summary>Some peers at random, as a function of the request's occasion.</summary>
    public void Choose(ulong occasion, int wanted, List<NodeId> into)
    {
        into.Clear();
        PeerTable all = current();
        int others = all.Count - (all.Contains(self) ? 1 : 0);
        Luck.Purpose draws = purpose.About(occasion);
        for (ulong attempt = 0; into.Count < int.Min(wanted, others); attempt++)
        {
            if (all.At(draws.Draw(attempt)) is { } peer && peer != self && !into.Contains(peer)) into.Add(peer);
        }
    }
}
