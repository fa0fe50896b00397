using System.Collections.Generic;

namespace FlowSim.Chain;

/// <summary>The finalized blocks of a run, kept once for all nodes.</summary>
/// <remarks>
/// Every node of flow-go stores them; here they are content-addressed, immutable and appended by whoever finalizes
/// first, and a node reads them through its <see cref="Ledger"/> only, which shows it nothing that it has not finalized
/// itself. What lies far below the slowest node, stopped ones included, nobody can ask for any more and is forgotten.
/// </remarks>
public sealed class Archive
{
    /// <summary>Heights kept below the slowest node: requests under way still find their blocks.</summary>
    private const int Margin = 1 << 12;

    private readonly List<Message.Proposal> proposals = [];
    private readonly List<int> readers = [];
    private readonly Dictionary<BlockId, Message.Proposal> byId = [];
    private ulong lowest;
    private int slowest;

    /// <param name="root">Trusted and final at every node.</param>
    /// <param name="ledgers">How many ledgers begin at the root.</param>
    public Archive(Block root, int ledgers)
    {
        lowest = root.Height.Value;
        Root = root.Height;
        Add(new Message.Proposal(root, null));
        readers[0] = ledgers;
    }

    internal Height Root { get; }

    /// <summary>A ledger begins at a height that is not the root's, or means to come back to it.</summary>
    internal void Admit(Height height)
    {
        int place = (int)(height.Value - lowest);
        readers[place]++;
        slowest = int.Min(slowest, place);
    }

    /// <summary>How many blocks are kept.</summary>
    public int Count => proposals.Count;

    /// <summary>Moves a ledger up by one block.</summary>
    /// <returns>False if another block is final at that height: agreement is broken.</returns>
    internal bool TryAdvance(Message.Proposal proposal)
    {
        int place = (int)(proposal.Block.Height.Value - lowest);
        if (place == proposals.Count) Add(proposal);
        else if (proposals[place].Block.Id != proposal.Block.Id) return false;
        readers[place - 1]--;
        readers[place]++;
        Forget();
        return true;
    }

    /// <summary>A reader less at a height.</summary>
    internal void Release(Height height) => readers[(int)(height.Value - lowest)]--;

    internal Message.Proposal? At(Height height) =>
        height.Value < lowest || height.Value - lowest >= (ulong)proposals.Count
            ? null
            : proposals[(int)(height.Value - lowest)];

    internal Message.Proposal? Find(BlockId id) => byId.GetValueOrDefault(id);

    private void Add(Message.Proposal proposal)
    {
        proposals.Add(proposal);
        readers.Add(0);
        byId.Add(proposal.Block.Id, proposal);
    }

    private void Forget()
    {
        while (readers[slowest] == 0) slowest++;
        if (slowest < 2 * Margin) return;
        int count = slowest - Margin;
        for (int i = 0; i < count; i++) byId.Remove(proposals[i].Block.Id);
        proposals.RemoveRange(0, count);
        readers.RemoveRange(0, count);
        lowest += (ulong)count;
        slowest -= count;
    }
}
