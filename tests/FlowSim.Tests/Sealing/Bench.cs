using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.Sealing;

namespace FlowSim.Tests.Sealing;

/// <summary>One consensus engine, and the blocks, results and approvals to feed it with.</summary>
internal sealed class Bench
{
    private static readonly NodeSpec[] Nodes =
    [
        new("consensus-1", Role.Consensus, 100, 0, "operator"),
        new("collection-1", Role.Collection, 100, 0, "operator"),
        .. Enumerable.Range(1, 3).Select(i => new NodeSpec($"execution-{i}", Role.Execution, 100, 0, "operator")),
        .. Enumerable.Range(1, 7).Select(i => new NodeSpec($"verification-{i}", Role.Verification, 100, 0, "operator")),
    ];

    private readonly Roster roster = new(Nodes, NodeSpec.Keys(Nodes));
    private readonly ChunkAssignments assignments;
    private readonly CollectionLedger ledger;
    private readonly SealingSpec spec;
    private readonly List<Message.Proposal> unfinalized = [];
    private Block finalized;

    public Bench(SealingSpec? spec = null)
    {
        this.spec = spec ?? SealingSpec.FlowGo;
        assignments = new ChunkAssignments(roster, 3);
        ledger = new CollectionLedger(new FinalizedCollections(Root));
        finalized = Root;
        Engine = new ConsensusEngine(StartFrom(Disk.Bootstrapped(Root)), this.spec, assignments, ledger);
        Engine.Start(Now, Said);
    }

    public static Block Root { get; } = Block.Root(default);

    public static ExecutionResult RootResult { get; } = ExecutionResult.OfRoot(Root);

    public ConsensusEngine Engine { get; private set; }

    public Effects Said { get; } = new();

    public SimTime Now { get; set; } = SimTime.Zero;

    public IReadOnlyList<NodeId> Executors => roster.Of(Role.Execution);

    public IReadOnlyList<NodeId> Verifiers => roster.Of(Role.Verification);

    /// <summary>A block with what is given, its last seal in order.</summary>
    public static Block On(Block parent, IReadOnlyList<Guarantee>? guarantees = null,
        IReadOnlyList<ExecutionReceipt>? receipts = null, IReadOnlyList<Seal>? seals = null, ulong skip = 0,
        CommittedState? state = null)
    {
        Seal last = seals?.Count > 0 ? seals[^1] : Seal.LastAsOf(parent, Seal.OfRoot(Root));
        return Block.On(new View(parent.View.Value + 1 + skip), parent,
            QuorumCertificate.Trusted(parent.View, parent.Id), new NodeId(0), 0,
            new Payload.Main(guarantees ?? [], receipts ?? [], seals ?? [], last, state));
    }

    /// <summary>A result of a block; another salt is another outcome.</summary>
    public static ExecutionResult Execute(Block block, ExecutionResult previous, ulong salt = 0)
    {
        int count = ((Payload.Main)block.Payload!).Guarantees.Count + 1;
        var chunks = new Chunk[count];
        Commitment state = previous.End;
        for (int i = 0; i < count; i++)
        {
            var end = new Commitment(Mix64.Then(Mix64.Then(state.Value, (ulong)i), salt));
            chunks[i] = new Chunk(i, Chunk.ContentOf(block.Id, i, default), state, end);
            state = end;
        }

        return ExecutionResult.Of(block, previous.Id, chunks);
    }

    public static Seal SealOf(ExecutionResult result) => new(result.BlockId, result.Height, result);

    public static Guarantee Guarantee(ulong id, Block reference) =>
        new(new CollectionId(id), reference.Id, reference.Height, default, [new NodeId(1)]);

    /// <summary>All blocks that joined, by the order in which they did.</summary>
    public List<Block> Chain { get; } = [];

    /// <summary>A block joins the tree.</summary>
    public Block Join(Block block)
    {
        Chain.Add(block);
        unfinalized.Add(new Message.Proposal(block, null));
        Engine.Incorporated(Now, block, Said);
        return block;
    }

    /// <summary>A block becomes final with its ancestors.</summary>
    public void Finalize(Block block)
    {
        if (block.Height <= finalized.Height) return;
        if (unfinalized.Find(other => other.Block.Id == block.ParentId) is { Block: var parent }) Finalize(parent);
        finalized = block;
        unfinalized.RemoveAll(proposal => proposal.Block.View <= block.View);
        Engine.Finalized(Now, block, Said);
    }

    public ExecutionReceipt Receipt(int executor, ExecutionResult result) => new(Executors[executor], result);

    public void Tell(Guarantee guarantee) => Tell(new Message.Pipeline.Pledge(guarantee));

    public void Tell(int executor, ExecutionResult result) =>
        Tell(new Message.Pipeline.Receipt(Receipt(executor, result)));

    public void Tell(Message message) => Engine.Receive(Now, new NodeId(1), message, Said);

    /// <summary>Whom a block assigns to a chunk of a result that it incorporates.</summary>
    public IReadOnlyList<NodeId> Assigned(Block block, ExecutionResult result, int chunk) =>
        assignments.Of(block.Id, result)[chunk];

    /// <summary>An assigned verifier approves each chunk.</summary>
    public void Approve(Block incorporatedIn, ExecutionResult result)
    {
        for (int chunk = 0; chunk < result.Chunks.Count; chunk++)
            Approve(result, chunk, Assigned(incorporatedIn, result, chunk)[0]);
    }

    public void Approve(ExecutionResult result, int chunk, NodeId verifier) =>
        Tell(new Message.Pipeline.Approval(new ResultApproval(result.BlockId, result.Id, chunk, verifier)));

    /// <summary>What the leader would put on a block; null when it ends instead.</summary>
    public Payload.Main? Build(Block parent) =>
        (Payload.Main?)Engine.Build(parent.View.Next, parent, Said);

    /// <summary>The notices since the last look.</summary>
    public List<T> Heard<T>()
        where T : Notice
    {
        List<T> heard = [];
        for (int i = 0; i < Said.Count; i++)
            if (Said[i].Payload is T notice) heard.Add(notice);
        return heard;
    }

    /// <summary>The messages sent since the last look.</summary>
    public List<(NodeId To, T Message)> Sent<T>()
        where T : Message
    {
        List<(NodeId, T)> sent = [];
        for (int i = 0; i < Said.Count; i++)
            if (Said[i] is { Kind: EffectKind.Send, Payload: T message }) sent.Add((Said[i].To, message));
        return sent;
    }

    public bool Exits => Enumerable.Range(0, Said.Count).Any(i => Said[i].Kind == EffectKind.Exit);

    /// <summary>The process dies and comes up from its disk.</summary>
    public void Restart()
    {
        Disk disk = Disk.Bootstrapped(finalized) with { Proposals = [.. unfinalized], Engine = Engine.Saved };
        Said.Clear();
        Engine = new ConsensusEngine(StartFrom(disk) with { IsRestart = true }, spec, assignments, ledger);
        Engine.Start(Now, Said);
    }

    /// <summary>Blocks without content on top of each other, each making the one below it final.</summary>
    public Block Lengthen(Block tip, int blocks)
    {
        Block previous = tip;
        for (int i = 0; i < blocks; i++)
        {
            Block next = Join(On(previous));
            Finalize(previous);
            previous = next;
        }

        return previous;
    }

    private EngineStart StartFrom(Disk disk) => new(
        new NodeId(0), Root, disk, false, new Ledger(new Archive(Root, 1)), roster, new Luck(1));
}
