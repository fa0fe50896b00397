using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Access;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Contracts;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;

namespace FlowSim.Tests.Access;

/// <summary>An access node's engine in the hands of a test: what is fed to it, and what it asked for.</summary>
internal sealed class AccessNode
{
    public static readonly Block Root = Block.Root(new View(0));

    private readonly AccessEngine engine;
    private readonly Effects effects = new();
    private readonly List<Effect> asked = [];
    private Block tip = Root;
    private Seal lastSeal = Seal.OfRoot(Root);

    private readonly CommittedState? state;

    /// <param name="spec">How the node works.</param>
    /// <param name="collectors">Collection nodes, in one cluster.</param>
    /// <param name="state">The protocol state of every block that becomes final.</param>
    /// <param name="planner">What epochs are made of.</param>
    public AccessNode(AccessSpec? spec = null, int collectors = 4, CommittedState? state = null,
        EpochPlanner? planner = null)
    {
        this.state = state;
        RunSpec run = Some.World(4) with
        {
            Nodes =
            [
                .. Some.Nodes(4),
                .. Enumerable.Range(1, collectors).Select(i =>
                    new NodeSpec($"collection-{i}", Role.Collection, 100, 0, "operator")),
                new NodeSpec("access-1", Role.Access, 100, 0, "operator"),
            ],
        };
        var roster = new Roster(run.Nodes, NodeSpec.Keys(run.Nodes));
        Plan = new ClusterPlan(run, 1);
        var start = new EngineStart(new NodeId(4 + collectors), Root, Disk.Bootstrapped(Root), false,
            new Ledger(new Archive(Root, 1)), roster, new Luck(1));
        engine = new AccessEngine(start, spec ?? AtOnce, Plan, planner);
    }

    /// <summary>flow-go's defaults, but collections are asked for without waiting for a round.</summary>
    public static AccessSpec AtOnce => AccessSpec.FlowGo with { FetchInterval = SimDuration.Zero };

    public ClusterPlan Plan { get; }

    public AccessEngine Engine => engine;

    public Block Tip => tip;

    /// <summary>What was asked for since the last look.</summary>
    public IReadOnlyList<Effect> Asked()
    {
        Effect[] all = [.. asked];
        asked.Clear();
        return all;
    }

    /// <summary>Statuses stated since the last look.</summary>
    public IReadOnlyList<Notice.StatusChanged> Statuses() =>
        [.. Asked().Select(effect => effect.Payload).OfType<Notice.StatusChanged>()];

    public void Do(Action<AccessEngine, Effects> act)
    {
        act(engine, effects);
        for (int i = 0; i < effects.Count; i++) asked.Add(effects[i]);
        effects.Clear();
    }

    /// <summary>A client's transaction that the node has served.</summary>
    public TransactionId Transaction(double seconds, ulong id, bool isScript = false)
    {
        var call = new ClientCall(id, isScript, 1_000, 10);
        Do((node, into) => node.OnCall(At(seconds), call, into));
        Do((node, into) => node.Done(At(seconds), new Job.Serve(call), into));
        return new TransactionId(id);
    }

    public void Message(double seconds, Message message, int from = 0) =>
        Do((node, into) => node.Receive(At(seconds), new NodeId(from), message, into));

    public void Timer(double seconds) => Do((node, into) => node.OnTimer(At(seconds), TimerKind.Engine, into));

    /// <summary>The next main-chain block becomes final.</summary>
    public Block Finalize(double seconds, Guarantee[]? guarantees = null, ExecutionReceipt[]? receipts = null,
        Seal[]? seals = null)
    {
        foreach (Seal seal in seals ?? []) lastSeal = seal;
        tip = Block.On(tip.View.Next, tip, QuorumCertificate.Trusted(tip.View, tip.Id), new NodeId(0), 0,
            new Payload.Main(guarantees ?? [], receipts ?? [], seals ?? [], lastSeal, state));
        Block block = tip;
        Do((node, into) => node.Finalized(At(seconds), block, into));
        return block;
    }

    public static SimTime At(double seconds) => new((long)(seconds * SimDuration.NanosecondsPerSecond));

    public static Collection CollectionOf(params TransactionId[] transactions) => Collection.Of(
        [.. transactions.Select(id => new Transaction(id, Root.Id, Root.Height, 1_000, 10))], Root.Id, Root.Height);

    public Guarantee GuaranteeOf(Collection collection) => new(
        collection.Id, Root.Id, Root.Height, new ClusterId(0), Plan.MembersOf(new ClusterId(0)));

    public static ExecutionReceipt ReceiptOf(Block block, int executor, ulong previous = 0) => new(
        new NodeId(executor), ExecutionResult.Of(block, new ResultId(previous),
            [new Chunk(0, 1, new Commitment(1), new Commitment(2))]));
}
