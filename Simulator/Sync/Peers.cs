using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Sync;

/// <summary>Whom a node may ask for blocks: all consensus nodes but itself, in flow-go for any role.</summary>
/// <param name="purpose">The asking node's own draws.</param>
/// <param name="all">All that may be asked, perhaps with the asking node among them.</param>
/// <param name="self">The asking node.</param>
/// <param name="others">How many of them are others.</param>
public sealed class Peers(Luck.Purpose purpose, PeerTable all, NodeId self, int others)
{
    /// <summary>Some peers at random, as a function of the request's occasion.</summary>
    public void Choose(ulong occasion, int wanted, List<NodeId> into)
    {
        into.Clear();
        Luck.Purpose draws = purpose.About(occasion);
        for (ulong attempt = 0; into.Count < int.Min(wanted, others); attempt++)
        {
            if (all.At(draws.Draw(attempt)) is { } peer && peer != self && !into.Contains(peer)) into.Add(peer);
        }
    }
}
