using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Executing;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Sealing;
using FlowSim.Verifying;

namespace FlowSim.Tests.Worlds;

/// <summary>A drawn world of all five roles with bad weather, crashes and wrong behaviours, then calm.</summary>
/// <param name="Sizes">Nodes per role: consensus, collection, execution, verification, access.</param>
/// <param name="Crashed">Nodes that are down for a while, by their place in the population.</param>
/// <param name="Wrong">Execution and verification nodes that behave otherwise on a chunk in twenty.</param>
internal sealed record StormyPipeline(
    ulong Seed, int[] Sizes, int Clusters, long OneWayMs, int CallsPerSecond, int Burst, int LossPerCent,
    int[] Crashed, int[] Wrong, bool IsPreFix, bool IsService, bool IsGrounded, int EpochViews)
{
    private const int ChaosSeconds = 40;
    private const int CalmSeconds = 80;

    private static readonly Role[] Roles =
        [Role.Consensus, Role.Collection, Role.Execution, Role.Verification, Role.Access];

    private static readonly Gen<int[]> AnySizes = Gen.Select(
        Gen.Int[4, 7], Gen.Int[2, 8], Gen.Int[2, 4], Gen.Int[3, 7], Gen.Int[1, 2],
        (consensus, collection, execution, verification, access) =>
            (int[])[consensus, collection, execution, verification, access]);

    public static readonly Gen<StormyPipeline> Any =
        from seed in Gen.ULong
        from sizes in AnySizes
        from clusters in Gen.Int[1, int.Min(2, sizes[1])]
        from network in Gen.Select(Gen.Long[1, 150], Gen.OneOf(Gen.Const(0), Gen.Int[1, 20]))
        from work in Gen.Select(Gen.Int[0, 20], Gen.Int[1, 30])
        from crashed in Gen.Int[0, sizes.Sum() - 1].Array[0, 3]
        from wrong in Gen.OneOf(Gen.Const(0).Array[0], Gen.Int[0, sizes[2] + sizes[3] - 1].Array[1, 3])
        from switches in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool)
        from epoch in Gen.Int[40, 200]
        select new StormyPipeline(seed, sizes, clusters, network.Item1, work.Item1, work.Item2, network.Item2,
            [.. crashed.Distinct()], [.. wrong.Distinct()], switches.Item1, switches.Item2, switches.Item3, epoch);

    /// <summary>When the last fault has ended.</summary>
    public static SimTime CalmFrom => SimTime.FromSeconds(ChaosSeconds);

    /// <summary>Whether nobody behaves otherwise than specified.</summary>
    public bool IsRight => Wrong.Length == 0;

    /// <summary>
    /// Whether nothing can keep the pipeline from sealing as fast as blocks come once it is calm. Verifiers that wait
    /// with approvals can: what is late stays late.
    /// </summary>
    public bool MustSeal => IsRight && !IsGrounded;

    public override string ToString() => System.FormattableString.Invariant(
        $"seed {Seed}, sizes {string.Join(' ', Sizes)} in {Clusters}, {OneWayMs} ms, {CallsPerSecond}/s by {Burst}, ")
        + System.FormattableString.Invariant($"loss {LossPerCent} %, down {string.Join(' ', Crashed)}, ")
        + System.FormattableString.Invariant($"wrong {string.Join(' ', Wrong)}, pre-fix {IsPreFix}, ")
        + System.FormattableString.Invariant($"service {IsService}, grounded {IsGrounded}, epochs of {EpochViews}");

    public RunSpec Spec()
    {
        NodeSpec[] nodes =
        [
            .. Roles.SelectMany((role, place) => Enumerable.Range(1, Sizes[place])
                .Select(i => new NodeSpec($"{role}-{i}", role, 100, 0, "operator"))),
        ];
        RunSpec plain = Some.World(4, Seed, views: (ulong)EpochViews);
        var all = new NodeSet(nodes.Length, Enumerable.Range(0, nodes.Length));
        var chaos = new Window(SimTime.FromSeconds(5), CalmFrom);
        return plain with
        {
            Nodes = nodes,
            Epochs = [.. Epochs()],
            Network = Some.Network(SimDuration.FromMilliseconds(OneWayMs)) with
            {
                JitterPerMillion = Quantiles.Exponential(300_000),
            },
            Processing = Some.FreeProcessing with
            {
                ExecuteBlock = Quantiles.Exponential(200_000_000),
                ExecuteTransaction = Quantiles.Constant(2_000_000),
                VerifyChunk = Quantiles.Exponential(100_000_000),
                BuildCollection = Quantiles.Constant(10_000_000),
                ServeCall = Quantiles.Constant(50_000_000),
                LoadState = Quantiles.Constant(15_000_000_000),
            },
            Stop = new StopCondition(new View(5_000), CalmFrom + SimDuration.FromSeconds(CalmSeconds)),
            LinkFaults = LossPerCent == 0 ? [] : [new LinkFault.Loss(chaos, all, all, LossPerCent * 10_000)],
            NodeFaults = [.. Crashes(nodes.Length)],
            Pipeline = Pipeline(nodes.Length),
        };
    }

    private PipelineSpec Pipeline(int population)
    {
        int firstExecutor = Sizes[0] + Sizes[1];
        return new PipelineSpec
        {
            Workload = new Workload
            {
                CallsPerThousandSeconds = CallsPerSecond * 1_000, Shape = ArrivalShape.Bursts, BurstSize = Burst,
                ScriptsPerMillion = 50_000,
            },
            Clusters = ClusterSpec.FlowGo with { Count = Clusters },
            Execution = ExecutionSpec.FlowGo with
            {
                Ledger = IsService ? LedgerPlace.Service : LedgerPlace.InProcess,
            },
            Sealing = SealingSpec.FlowGo with { ForkRule = IsPreFix ? ForkRule.PreFix : ForkRule.PostFix },
            Verification = VerificationSpec.FlowGo with { DescendantApproval = !IsGrounded },
            Deviations = Wrong.Length == 0 ? [] :
            [
                new Deviation(new NodeSet(population, Wrong.Select(i => firstExecutor + i)),
                    new Behaviour(9, 50_000_000)),
            ],
        };
    }

    private IEnumerable<NodeFault> Crashes(int population)
    {
        for (int i = 0; i < Crashed.Length; i++)
        {
            var down = new Window(SimTime.FromSeconds(6 + 5 * i), SimTime.FromSeconds(20 + 8 * i));
            yield return new NodeFault.Crash(down, new NodeSet(population, [Crashed[i]]));
        }
    }

    private IEnumerable<FlowSim.HotStuff.EpochTiming> Epochs()
    {
        ulong views = (ulong)EpochViews;
        ulong seconds = views * 8 / 10;
        for (ulong epoch = 0; epoch < 10; epoch++)
            yield return new FlowSim.HotStuff.EpochTiming(new View(epoch * views), new View((epoch + 1) * views - 1),
                seconds, (epoch + 1) * seconds);
    }
}
