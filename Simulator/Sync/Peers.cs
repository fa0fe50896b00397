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
    private readonly PriorityQueue<NodeId, ulong> drawn = new();

    /// <summary>Some peers at random, as a function of the request's occasion.</summary>
    public void Choose(ulong occasion, int count, List<NodeId> into)
    {
        into.Clear();
        drawn.Clear();
        Luck.Purpose draws = purpose.About(occasion);
        foreach ((NodeId node, ulong key) in all) Consider(node, ulong.MaxValue - draws.Draw(key), count);
        while (drawn.TryDequeue(out NodeId node, out _)) into.Add(node);
    }

    private void Consider(NodeId node, ulong rank, int count)
    {
        if (drawn.Count < count) drawn.Enqueue(node, rank);
        else if (drawn.TryPeek(out _, out ulong worst) && rank > worst) drawn.DequeueEnqueue(node, rank);
    }
}
