using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Sync;

/// <summary>Whom a node may ask for blocks: all consensus nodes but itself, in flow-go for any role.</summary>
/// <remarks>
/// Asked are those with the smallest draws, so that one more node in the committee changes a choice only where it is
/// chosen itself.
/// </remarks>
/// <param name="purpose">The asking node's own draws.</param>
/// <param name="all">The peers and the keys of their names.</param>
public sealed class Peers(Luck.Purpose purpose, (NodeId Node, ulong Key)[] all)
{
    private readonly (NodeId Node, ulong Prepared)[] all =
        System.Array.ConvertAll(all, peer => (peer.Node, Mix64.Prepared(peer.Key)));

    private readonly List<ulong> draws = [];

    /// <summary>Some peers at random, as a function of the request's occasion.</summary>
    public void Choose(ulong occasion, int count, List<NodeId> into)
    {
        into.Clear();
        draws.Clear();
        Luck.Purpose about = purpose.About(occasion);
        foreach ((NodeId node, ulong prepared) in all) Consider(node, about.DrawPrepared(prepared), count, into);
    }

    /// <summary>Keeps the smallest draws, the largest of them first.</summary>
    private void Consider(NodeId node, ulong draw, int count, List<NodeId> into)
    {
        if (draws.Count == count)
        {
            if (count == 0 || draw >= draws[0]) return;
            draws.RemoveAt(0);
            into.RemoveAt(0);
        }

        int at = draws.Count;
        while (at > 0 && draws[at - 1] <= draw) at--;
        draws.Insert(at, draw);
        into.Insert(at, node);
    }
}
