using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Epochs;

/// <summary>The protocol states of a node's last finalized block and of those above it, by block.</summary>
/// <remarks>
/// What stands on a follower's disk it may not have judged yet; it judges it when it hears that it is certified.
/// </remarks>
internal sealed class BlockStates
{
    private readonly Dictionary<BlockId, CommittedState> states = [];
    private readonly List<Block> unfinalized = [];
    private Block final;

    public BlockStates(Disk disk)
    {
        final = disk.Finalized;
        states.Add(final.Id, StateKeeper.StateOf(final));
        foreach (Message.Proposal proposal in disk.Proposals) Add(proposal.Block);
    }

    /// <summary>The state of the last finalized block.</summary>
    public CommittedState Final => states[final.Id];

    public CommittedState? Find(BlockId block) => states.GetValueOrDefault(block);

    /// <summary>Keeps the state that a block commits to; the node has found it right.</summary>
    public void Add(Block block)
    {
        if (states.TryAdd(block.Id, StateKeeper.StateOf(block))) unfinalized.Add(block);
    }

    /// <summary>Forgets what finality has passed, on its chain and by it.</summary>
    public void Finalize(Block block)
    {
        Add(block);
        states.Remove(final.Id);
        final = block;
        foreach (Block past in unfinalized)
            if (past.View < block.View) states.Remove(past.Id);
        unfinalized.RemoveAll(past => past.View <= block.View);
    }
}
