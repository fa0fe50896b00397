using System.Collections.Generic;
using System.Numerics;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Sync;

/// <summary>All nodes that can be asked for blocks: one is drawn with few draws however many there are.</summary>
/// <remarks>
/// Each stands at a place that follows from its name, and places are drawn until one is taken: all are equally likely,
/// and one more node changes a choice only where it is chosen itself, as long as the table need not grow.
/// </remarks>
public sealed class PeerTable
{
    /// <summary>The table has at least so many places for each node.</summary>
    private const int PlacesPerNode = 4;

    private readonly NodeId?[] places;
    private readonly HashSet<NodeId> known = [];

    /// <param name="nodes">The nodes and the keys of their names.</param>
    public PeerTable((NodeId Node, ulong Key)[] nodes)
    {
        Count = nodes.Length;
        places = new NodeId?[BitOperations.RoundUpToPowerOf2((uint)(PlacesPerNode * int.Max(1, Count)))];
        foreach ((NodeId node, ulong key) in nodes)
        {
            int place = PlaceOf(Mix64.Of(key));
            while (places[place] is not null) place = (place + 1) % places.Length;
            places[place] = node;
            known.Add(node);
        }
    }

    public int Count { get; }

    public bool Contains(NodeId node) => known.Contains(node);

    /// <summary>Who stands where a draw points; null if nobody does.</summary>
    public NodeId? At(ulong draw) => places[PlaceOf(draw)];

    private int PlaceOf(ulong draw) => (int)(draw & (ulong)(places.Length - 1));
}
