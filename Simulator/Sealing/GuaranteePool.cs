using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>Guarantees that wait for a block, in the order in which they came.</summary>
/// <remarks>Full, it drops the oldest. Which one flow-go drops is not on record.</remarks>
internal sealed class GuaranteePool(int capacity)
{
    private readonly LinkedList<Guarantee> byArrival = new();
    private readonly Dictionary<CollectionId, LinkedListNode<Guarantee>> places = [];

    public int Count => places.Count;

    /// <summary>The oldest; the others follow it.</summary>
    public LinkedListNode<Guarantee>? First => byArrival.First;

    public bool Contains(CollectionId collection) => places.ContainsKey(collection);

    public void Add(Guarantee guarantee)
    {
        if (places.ContainsKey(guarantee.CollectionId)) return;
        if (places.Count >= capacity) Remove(byArrival.First!.Value.CollectionId);
        places.Add(guarantee.CollectionId, byArrival.AddLast(guarantee));
    }

    public void Remove(CollectionId collection)
    {
        if (places.Remove(collection, out LinkedListNode<Guarantee>? place)) byArrival.Remove(place);
    }
}
