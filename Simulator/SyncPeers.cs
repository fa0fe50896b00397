using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Sync;

namespace FlowSim;

/// <summary>Whom each node asks for blocks: the committee of its last final block.</summary>
/// <remarks>A table per committee, the same for all nodes of a run.</remarks>
internal sealed class SyncPeers(Luck luck, ulong[] keys)
{
    private readonly Luck.Purpose draws = luck.For("peers to synchronise with");
    private readonly Dictionary<Committee, PeerTable> tables = [];

    /// <summary>The peers of a node.</summary>
    public Peers Of(int node, NodeId identity, Ledger ledger, KnownEpochs epochs) =>
        new(draws.About(keys[node]), () => TableOf(Current(ledger, epochs)), identity);

    private static Committee Current(Ledger ledger, KnownEpochs epochs) =>
        ((ledger.At(ledger.Height) is { Block.View: var view } ? epochs.Of(view) : null)
            ?? epochs.All[0]).Committee;

    private PeerTable TableOf(Committee committee)
    {
        if (tables.TryGetValue(committee, out PeerTable? known)) return known;
        var members = new (NodeId, ulong)[committee.Size];
        for (int i = 0; i < members.Length; i++)
            members[i] = (committee.Members[i], keys[committee.Members[i].Index]);
        return tables[committee] = new PeerTable(members);
    }
}
