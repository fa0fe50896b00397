using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;

namespace FlowSim.Tests.Pipeline;

/// <summary>Nodes of all roles and blocks with payloads for engines that are driven by hand.</summary>
internal static class SomeChain
{
    public static readonly Block Root = Block.Root(default);

    public static readonly Seal RootSeal = Seal.OfRoot(Root);

    /// <summary>0-3 consensus, 4-7 collection, 8-11 execution, 12-17 verification, 18-19 access.</summary>
    public static readonly NodeSpec[] Nodes =
    [
        .. Of(Role.Consensus, 4), .. Of(Role.Collection, 4), .. Of(Role.Execution, 4), .. Of(Role.Verification, 6),
        .. Of(Role.Access, 2),
    ];

    public static readonly Roster Roster = new(Nodes, NodeSpec.Keys(Nodes));

    /// <summary>What a node starts from, at first or with what its engine has written.</summary>
    public static EngineStart Start(int node, object? written = null) => new(new NodeId(node), Root,
        Disk.Bootstrapped(Root) with { Engine = written }, written is not null,
        new Ledger(new Archive(Root, Nodes.Length)), Roster, new Luck(1));

    /// <summary>A chain of blocks without payload on top of another block, a view each.</summary>
    public static Block[] Line(Block parent, int length, ulong salt = 0)
    {
        var chain = new Block[length];
        for (int i = 0; i < length; i++)
            parent = chain[i] = On(parent, payload: Payload(parent), salt: salt);
        return chain;
    }

    public static Block On(Block parent, Payload.Main? payload = null, ulong salt = 0) => Block.On(
        parent.View.Next, parent, QuorumCertificate.Trusted(parent.View, parent.Id), new NodeId(0), salt,
        payload ?? Payload(parent));

    public static Payload.Main Payload(Block parent, IReadOnlyList<Guarantee>? guarantees = null,
        IReadOnlyList<ExecutionReceipt>? receipts = null, params Seal[] seals) =>
        new(guarantees ?? [], receipts ?? [], seals,
            seals.Length > 0 ? seals[^1] : Seal.LastAsOf(parent, RootSeal));

    /// <summary>A collection of some transactions of 1,000 bytes, and the guarantee of nodes 4 to 7.</summary>
    public static (Collection Collection, Guarantee Guarantee) Collected(ulong id, int transactions = 2)
    {
        Collection collection = Collection.Of(
            [.. Enumerable.Range(0, transactions).Select(i => new Transaction(
                new TransactionId(Mix64.Then(id, (ulong)i)), Root.Id, default, 1_000, 1_000))], Root.Id, default);
        return (collection, new Guarantee(collection.Id, Root.Id, default, default,
            [new NodeId(4), new NodeId(5), new NodeId(6), new NodeId(7)]));
    }

    private static IEnumerable<NodeSpec> Of(Role role, int count) => Enumerable.Range(1, count)
        .Select(i => new NodeSpec($"{role}-{i}", role, 100, 0, "operator"));
}
