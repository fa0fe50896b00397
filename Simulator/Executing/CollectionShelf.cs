using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Executing;

/// <summary>The collections that a node's blocks contain, and the blocks that wait for them.</summary>
internal sealed class CollectionShelf
{
    private readonly Dictionary<CollectionId, Place> places = [];

    /// <summary>A collection that has come.</summary>
    public Collection? Find(CollectionId id) => places.GetValueOrDefault(id)?.Collection;

    /// <summary>Transactions in a block's collections.</summary>
    public int TransactionsOf(PlannedBlock planned)
    {
        int transactions = 0;
        foreach (Guarantee guarantee in planned.Guarantees)
            transactions += Find(guarantee.CollectionId)?.Transactions.Count ?? 0;
        return transactions;
    }

    /// <summary>What a block's transactions ask of the system contracts, in order.</summary>
    public IReadOnlyList<ContractCall> CallsOf(PlannedBlock planned)
    {
        List<ContractCall>? calls = null;
        foreach (Guarantee guarantee in planned.Guarantees)
        {
            if (Find(guarantee.CollectionId) is not { } collection) continue;
            foreach (Transaction transaction in collection.Transactions)
                if (transaction.Call is { } call) (calls ??= []).Add(call);
        }

        return calls ?? [];
    }

    /// <summary>Keeps room for a block's collections until it lets go of them.</summary>
    /// <param name="planned">The block; learns how many are missing.</param>
    /// <param name="missing">Gets the guarantees of those.</param>
    public void Reserve(PlannedBlock planned, List<Guarantee> missing)
    {
        foreach (Guarantee guarantee in planned.Guarantees)
        {
            Place place = PlaceOf(guarantee.CollectionId);
            place.Users++;
            if (place.Collection is not null) continue;
            planned.Missing++;
            place.Waiting.Add(planned);
            missing.Add(guarantee);
        }
    }

    /// <summary>Puts a collection where blocks wait for it.</summary>
    /// <returns>Those blocks; each waits for one collection less.</returns>
    public IReadOnlyList<PlannedBlock> Put(Collection collection)
    {
        if (!places.TryGetValue(collection.Id, out Place? place) || place.Collection is not null) return [];
        place.Collection = collection;
        foreach (PlannedBlock planned in place.Waiting) planned.Missing--;
        IReadOnlyList<PlannedBlock> waited = place.Waiting;
        place.Waiting = [];
        return waited;
    }

    /// <summary>Puts a collection back that was there before the process died.</summary>
    public void Restore(Collection collection) => PlaceOf(collection.Id).Collection = collection;

    /// <summary>A block needs a collection no longer.</summary>
    /// <returns>Whether nobody else does.</returns>
    public bool Release(CollectionId id)
    {
        if (!places.TryGetValue(id, out Place? place) || --place.Users > 0) return false;
        places.Remove(id);
        return true;
    }

    private Place PlaceOf(CollectionId id)
    {
        if (!places.TryGetValue(id, out Place? place)) places.Add(id, place = new Place());
        return place;
    }

    private sealed class Place
    {
        public Collection? Collection { get; set; }

        public int Users { get; set; }

        public List<PlannedBlock> Waiting { get; set; } = [];
    }
}
