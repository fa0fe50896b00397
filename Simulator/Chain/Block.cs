using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>A block: its place in the chain and the certificate of its parent.</summary>
/// <param name="Id">Identity, a hash of the content.</param>
/// <param name="View">The round it was proposed in.</param>
/// <param name="Height">Distance from the root.</param>
/// <param name="Qc">The parent's certificate; names the parent.</param>
/// <param name="Proposer">Who built it.</param>
/// <param name="Payload">What it carries; null when blocks are empty.</param>
/// <param name="HasBeaconShare">Whether the proposer's signature, which is its vote, has a share of the random beacon.
/// </param>
public sealed record Block(
    BlockId Id, View View, Height Height, QuorumCertificate Qc, NodeId Proposer, Payload? Payload = null,
    bool HasBeaconShare = true)
{
    public BlockId ParentId => Qc.BlockId;

    /// <summary>The protocol state that it commits to; null in worlds without one.</summary>
    public CommittedState? State => (Payload as Payload.Main)?.State;

    /// <summary>A block on top of a parent, with an identity that follows from its content.</summary>
    /// <param name="view">The round it is proposed in.</param>
    /// <param name="parent">The block it extends.</param>
    /// <param name="qc">The parent's certificate.</param>
    /// <param name="proposer">Who builds it.</param>
    /// <param name="salt">Distinguishes two versions by one proposer in one view; 0 for honest nodes.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="hasBeaconShare">Whether the proposer can sign with a share of the random beacon.</param>
    public static Block On(View view, Block parent, QuorumCertificate qc, NodeId proposer, ulong salt = 0,
        Payload? payload = null, bool hasBeaconShare = true) =>
        new(IdOf(view, qc, proposer, salt, payload, hasBeaconShare), view, parent.Height.Next, qc, proposer, payload,
            hasBeaconShare);

    /// <summary>Another block of the same view, parent and proposer: what an equivocating leader makes.</summary>
    public Block Version(ulong salt) =>
        this with { Id = IdOf(View, Qc, Proposer, salt, Payload, HasBeaconShare) };

    /// <summary>The first block of a chain: trusted, finalized, with no parent.</summary>
    public static Block Root(View view)
    {
        var id = new BlockId(Mix64.Then(4, view.Value));
        return new Block(id, view, default, QuorumCertificate.Trusted(default, default), new NodeId(-1));
    }

    /// <summary>The first block of a chain with a protocol state and system contracts.</summary>
    public static Block Root(View view, CommittedState state, ContractState contracts)
    {
        Block root = Root(view);
        var seal = new Seal(root.Id, root.Height, ExecutionResult.OfRoot(root, contracts) with { State = state });
        return root with { Payload = new Payload.Main([], [], [], seal, state) };
    }

    /// <summary>A block from which a chain begins anew: nobody proposed it, and its parent's certificate is trusted.
    /// </summary>
    public static Block RootOn(Block parent, View view, Payload payload)
    {
        ulong id = Mix64.Then(Mix64.Then(Mix64.Then(43, view.Value), parent.Id.Value), payload.Key);
        return new Block(new BlockId(id), view, parent.Height.Next,
            QuorumCertificate.Trusted(parent.View, parent.Id), new NodeId(-1), payload);
    }

    /// <summary>The first block of a cluster's chain: view 0 (state/cluster, model/cluster/genesis.go).</summary>
    public static Block RootOf(ClusterId cluster)
    {
        var id = new BlockId(Mix64.Then(42, (ulong)cluster.Index));
        return new Block(id, default, default, QuorumCertificate.Trusted(default, default), new NodeId(-1));
    }

    private static BlockId IdOf(View view, QuorumCertificate qc, NodeId proposer, ulong salt, Payload? payload,
        bool hasBeaconShare)
    {
        ulong id = Mix64.Then(
            Mix64.Then(Mix64.Then(Mix64.Then(3, view.Value), qc.Key), (ulong)proposer.Index), salt);
        if (payload is not null) id = Mix64.Then(id, payload.Key);
        return new BlockId(hasBeaconShare ? id : Mix64.Then(id, 0));
    }
}
