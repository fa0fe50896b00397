using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Divergence;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Tests.Pipeline;
using FlowSim.Tests.Worlds;
using FlowSim.Upgrades;

namespace FlowSim.Tests.Divergence;

/// <summary>A run with an upgrade told by hand, a tenth of a second between what is told.</summary>
/// <remarks>Image 0 is as specified, 1 differs on every chunk, 2 is exposed and never differs, 3 differs on a tenth.
/// Nodes: 0-3 consensus, 4-7 collection, 8-11 execution, 12-17 verification.</remarks>
internal sealed class ToldUpgrade
{
    private readonly DivergenceObserver observer;
    private readonly Luck.Purpose sensitivity;
    private readonly Dictionary<(int Node, BlockId Block), ExecutionResult> results = [];
    private readonly Dictionary<BlockId, Block> blocks = [];
    private Seal seal = SomeChain.RootSeal;

    public ToldUpgrade(ulong seed = 1, IReadOnlyList<OutcomeKind>? kinds = null, params SpecifiedChange[] specified)
    {
        RunSpec spec = FiveRoles.Spec with
        {
            Seed = seed,
            Upgrade = new UpgradeSpec
            {
                Images = [Image("0.41.0", 0), Image("0.42.0", 1_000_000_000), Image("0.42.1", 1),
                    Image("0.42.2", 100_000_000)],
                Specified = specified,
            },
        };
        sensitivity = new Luck(seed).For("sensitive chunk");
        observer = new DivergenceObserver(spec, kinds);
        Kinds = kinds ?? OutcomeCatalogue.All;
        Head = SomeChain.Root;
        Images = spec.Upgrade!.Images;
    }

    public IReadOnlyList<Image> Images { get; }

    public IReadOnlyList<OutcomeKind> Kinds { get; }

    public Block Head { get; private set; }

    public SimTime Now { get; private set; } = SimTime.Zero;

    public IReadOnlyList<ProcessStart> Starts => observer.Starts;

    public Availability Availability => observer.Availability;

    /// <summary>What was counted, as <c>d2=1 d8=3</c>.</summary>
    public string Counted => string.Join(' ', Kinds.Where(kind => observer.CountOf(kind) > 0)
        .Select(kind => $"{kind.Name.Split('-')[0]}={observer.CountOf(kind)}"));

    public ToldUpgrade Say(int node, Notice notice)
    {
        Now += SimDuration.FromMilliseconds(100);
        observer.On(new TraceEvent(Now, new NodeId(node), notice));
        return this;
    }

    /// <summary>A process starts.</summary>
    public ToldUpgrade Start(int node, int image, ulong head = 0, bool isRestart = false) =>
        Say(node, new Notice.Started(isRestart)).Say(node, new Notice.Runs(image, new Height(head)));

    public ToldUpgrade Start(params (int Node, int Image)[] nodes)
    {
        foreach ((int node, int image) in nodes) Start(node, image);
        return this;
    }

    public ToldUpgrade Stop(int node, StopCause cause = StopCause.Plan) =>
        Say(node, new Notice.Ending(cause)).Say(node, new Notice.Stopped());

    /// <summary>Time passes.</summary>
    public ToldUpgrade Wait(long seconds)
    {
        Now += SimDuration.FromSeconds(seconds);
        return this;
    }

    /// <summary>A block on the newest one, final at node 0; it seals what a node came to, if one is named.</summary>
    public Block Finalize(int? sealing = null, Block? sealedBlock = null, params ServiceEvent[] events)
    {
        Seal[] seals = [];
        if (sealing is { } node)
        {
            ExecutionResult result = results[(node, sealedBlock!.Id)];
            seal = new Seal(result.BlockId, result.Height, result with { ServiceEvents = events });
            seals = [seal];
        }

        Block block = SomeChain.On(Head, new Payload.Main([], [], seals, seal));
        Head = blocks[block.Id] = block;
        Say(0, new Notice.Finalized(block));
        return block;
    }

    /// <summary>An execution node executes a block by an image's behaviour, on its own or another node's history.
    /// </summary>
    public ToldUpgrade Execute(int node, int image, Block block, int? history = null)
    {
        ExecutionResult previous = block.ParentId == SomeChain.Root.Id
            ? SomeChain.RootSeal.Result
            : results[(history ?? node, block.ParentId)];
        ulong content = Chunk.ContentOf(block.Id, 0, default);
        Commitment end = Images[image].BehaviourFor(0).Execute(sensitivity, previous.End, content);
        ExecutionResult result =
            ExecutionResult.Of(block, previous.Id, [new Chunk(0, content, previous.End, end)]);
        results[(node, block.Id)] = result;
        return Say(node, new Notice.Executed(result));
    }

    /// <summary>A verification node judges the only chunk of what an execution node came to.</summary>
    public ToldUpgrade Approve(int node, int executor, Block block) => Say(node, new Notice.Approved(
        new ResultApproval(block.Id, results[(executor, block.Id)].Id, 0, new NodeId(node))));

    public ToldUpgrade FindFault(int node, int executor, Block block)
    {
        ExecutionResult result = results[(executor, block.Id)];
        return Say(node, new Notice.ChunkFault(block.Id, result.Id, result.Chunks[0], default));
    }

    public Seal SealOf(int node, Block block) => new(block.Id, block.Height, results[(node, block.Id)]);

    public ToldUpgrade End()
    {
        observer.End(Now);
        return this;
    }

    private static Image Image(string version, long perBillion) => new(version, SemanticVersion.Parse(version),
        VersionSupport.FlowGo,
        perBillion == 0 ? [] : [new ImageBehaviour(null,
            new Behaviour(Mix64.OfText(version), perBillion == 1 ? 0 : perBillion))]);
}
