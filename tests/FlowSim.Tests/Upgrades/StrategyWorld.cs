using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Executing;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Oracles;
using FlowSim.ProtocolState;
using FlowSim.Tests.Pipeline;
using FlowSim.Tests.Worlds;
using FlowSim.Upgrades;

namespace FlowSim.Tests.Upgrades;

/// <summary>The nodes of <see cref="SomeChain"/> in a world whose blocks commit to a protocol state, and, if
/// asked for, an execution node that joins; 0.8 seconds a view, ten seconds a restart. All oracles watch.</summary>
internal static class StrategyWorld
{
    /// <summary>The height of the boundary, which finality reaches after some fifty seconds.</summary>
    public const ulong Boundary = 60;

    /// <summary>The execution node that joins, down until the beacon is sealed.</summary>
    public static readonly int Joiner = SomeChain.Nodes.Length;

    private const long Second = SimDuration.NanosecondsPerSecond;

    public static readonly Image Old = new("old", SemanticVersion.Parse("0.41.0"), new VersionSupport(0, 2, 2), []);

    public static readonly Image New = new("new", SemanticVersion.Parse("0.42.0"), new VersionSupport(0, 2, 2),
        [new ImageBehaviour(null, new Behaviour(5, 1_000_000_000))]);

    /// <summary>Executes as the old one for version 2 and as the new one for version 3.</summary>
    public static readonly Image Dual = new("dual", SemanticVersion.Parse("0.42.0"), new VersionSupport(0, 3, 3),
        [new ImageBehaviour(3, new Behaviour(5, 1_000_000_000))]);

    /// <summary>Claims to be a patch; does what the new one does.</summary>
    public static readonly Image Mislabelled = New with { Name = "patch", Version = SemanticVersion.Parse("0.41.1") };

    /// <summary>All start with the old image, and the new one is out.</summary>
    public static UpgradeSpec Upgrade { get; } = new()
    {
        Images = [Old, New, Dual, Mislabelled],
        Releases = [new Release(SimTime.Zero, 1)],
        Operators = OperatorSpec.Assumed with
        {
            Downtime = Quantiles.Constant(10 * Second), SwapDelay = Quantiles.Lognormal(10 * Second, 0.5),
        },
    };

    public static ContractCall TheBoundary { get; } =
        new ContractCall.SetBoundary(new VersionBoundary(new Height(Boundary), "0.42.0"));

    public static ContractCall Version3From(ulong view) =>
        new ContractCall.Emit(new ServiceEvent.ProtocolStateVersionUpgrade(3, new View(view)));

    /// <summary>A world with a call of governance after three seconds.</summary>
    public static RunSpec Spec(Strategy strategy, ContractCall call, UpgradeSpec? upgrade = null)
    {
        RunSpec world = Some.World(4, views: 400);
        return world with
        {
            Stop = new StopCondition(new View(150), SimTime.FromSeconds(120)),
            Nodes = SomeChain.Nodes,
            Processing = FiveRoles.Spec.Processing with { ReachLedger = Quantiles.Constant(0) },
            Pipeline = FiveRoles.Spec.Pipeline! with
            {
                Execution = ExecutionSpec.FlowGo with
                {
                    Ledger = LedgerPlace.Service, CheckInterval = SimDuration.FromSeconds(10),
                },
            },
            Protocol = new ProtocolSpec
            {
                StakingViews = 300, DkgPhaseViews = 20, SafetyThreshold = 20, ExtensionViews = 100, FreezePeriod = 10,
                Joining = new() { Phase = JoinPhase.AtOnce },
                Governance = [new GovernanceAct(SimTime.FromSeconds(3), call)],
            },
            Upgrade = (upgrade ?? Upgrade) with { Strategy = strategy },
        };
    }

    /// <summary>The same with the joiner.</summary>
    public static RunSpec WithJoiner(this RunSpec spec) => spec with
    {
        Nodes = [.. spec.Nodes, spec.Nodes[8] with { Name = "joiner", FirstEpoch = 1 }],
        NodeFaults = [new NodeFault.Crash(new Window(SimTime.Zero, SimTime.FromSeconds(40)), Only(Joiner))],
    };

    public static NodeSet Only(params int[] nodes) => new(SomeChain.Nodes.Length + 1, nodes);

    /// <summary>The number of each node's first image: one for some, one for all others.</summary>
    public static int[] Initial(int others, int some, params int[] nodes) =>
        [.. Enumerable.Range(0, SomeChain.Nodes.Length).Select(node => nodes.Contains(node) ? some : others)];

    public static List<TraceEvent> Run(RunSpec spec, params IProbe[] others)
    {
        List<TraceEvent> heard = [];
        Simulation.Run(spec, [.. OracleCatalogue.All(spec), .. others, new Listener(heard.Add)]);
        return heard;
    }

    public static List<T> At<T>(this List<TraceEvent> run, int node)
        where T : Notice => [.. run.Where(e => e.Node.Index == node).Select(e => e.Notice).OfType<T>()];

    /// <summary>Nodes that stated something, once each.</summary>
    public static int[] Who<T>(this List<TraceEvent> run)
        where T : Notice => [.. run.Where(e => e.Notice is T).Select(e => e.Node.Index).Distinct().Order()];

    /// <summary>Heights at which nodes came to more than one result.</summary>
    public static ulong[] Forked(this List<TraceEvent> run) =>
    [
        .. run.Select(e => e.Notice).OfType<Notice.Executed>().GroupBy(n => n.Result.BlockId)
            .Where(block => block.Select(n => n.Result.Id).Distinct().Count() > 1)
            .Select(block => block.First().Result.Height.Value).Order(),
    ];

    public static IEnumerable<ulong> Executed(this List<TraceEvent> run, int node) =>
        run.At<Notice.Executed>(node).Select(n => n.Result.Height.Value);

    /// <summary>The newest height that a consensus node knows to be final, and the newest sealed one.</summary>
    public static (ulong Final, ulong Sealed) Reached(this List<TraceEvent> run)
    {
        Block newest = run.At<Notice.Finalized>(0)[^1].Block;
        return (newest.Height.Value, ((Payload.Main)newest.Payload!).LastSeal.Height.Value);
    }
}
