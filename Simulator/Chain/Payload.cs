using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>What a block carries beside its place in the chain. Shared, never changed.</summary>
public abstract record Payload
{
    private Payload()
    {
    }

    /// <summary>The key of the content: part of the block's identity.</summary>
    public abstract ulong Key { get; }

    /// <summary>A block of a cluster's own chain.</summary>
    /// <param name="Collection">What it binds together; may be empty.</param>
    public sealed record OfCluster(Collection Collection) : Payload
    {
        public override ulong Key { get; } = Mix64.Then(
            Mix64.Then(40, Collection.Id.Value), Collection.ReferenceId.Value);
    }

    /// <summary>A block of the main chain.</summary>
    /// <param name="Guarantees">Collections that the block orders for execution.</param>
    /// <param name="Receipts">Signatures under results of earlier blocks; the first under a result brings its body.
    /// </param>
    /// <param name="Seals">Decisions on earlier blocks, by ascending height.</param>
    /// <param name="LastSeal">The newest decision as of this block: its own last one, or its parent's.</param>
    /// <param name="State">The protocol state that the block commits to; null in worlds without one. flow-go's block
    /// has its identity only; here the one who checks the commitment need not keep the state.</param>
    public sealed record Main(
        IReadOnlyList<Guarantee> Guarantees, IReadOnlyList<ExecutionReceipt> Receipts, IReadOnlyList<Seal> Seals,
        Seal LastSeal, CommittedState? State = null) : Payload
    {
        public override ulong Key { get; } = KeyOf(Guarantees, Receipts, Seals, LastSeal, State);

        private static ulong KeyOf(IReadOnlyList<Guarantee> guarantees, IReadOnlyList<ExecutionReceipt> receipts,
            IReadOnlyList<Seal> seals, Seal lastSeal, CommittedState? state)
        {
            ulong key = Mix64.Then(41, lastSeal.Result.Id.Value);
            foreach (Guarantee guarantee in guarantees) key = Mix64.Then(key, guarantee.CollectionId.Value);
            foreach (ExecutionReceipt receipt in receipts) key = Mix64.Then(key, receipt.Key);
            foreach (Seal seal in seals) key = Mix64.Then(key, seal.Result.Id.Value);
            return state is null ? key : Mix64.Then(key, state.Id);
        }
    }
}
