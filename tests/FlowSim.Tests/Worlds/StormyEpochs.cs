using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.Epochs;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Tests.Oracles;

namespace FlowSim.Tests.Worlds;

/// <summary>A drawn world whose epochs come out of the chain, with bad weather and troubles, then calm.</summary>
/// <param name="Sizes">Nodes per role: consensus, collection, execution, verification, access.</param>
/// <param name="Joining">How many of each role are members from the second epoch on; the last ones.</param>
/// <param name="Leaving">How many of each role are members of the first epoch only; the first ones.</param>
/// <param name="Lengths">Views of an epoch, of staking, of a phase of key generation, of the safety threshold, and of
/// an extension.</param>
/// <param name="Troubles">Kind, node, start and length in seconds of what happens to nodes.</param>
/// <param name="RecoverAt">When governance asks for recoveries, in per cent of an epoch; some are mistaken.</param>
/// <param name="Ejected">Who is ejected half way through the first epoch; -1 for nobody.</param>
/// <param name="Phase">From when on new nodes take a snapshot.</param>
/// <param name="IsBrisk">Whether timeouts and synchronisation are quick enough to be judged in a short calm.</param>
internal sealed record StormyEpochs(
    ulong Seed, int[] Sizes, int[] Joining, int[] Leaving, int[] Lengths, long OneWayMs, int LossPerCent,
    int[][] Troubles, int[] RecoverAt, int Ejected, JoinPhase Phase, bool IsBrisk)
{
    private const int ViewMs = 800;
    private const int Crash = 0;
    private const int LosesKeys = 1;
    private const int LosesAll = 2;
    private const int Pause = 3;
    private const int Kinds = 5;

    private static readonly Role[] Roles =
        [Role.Consensus, Role.Collection, Role.Execution, Role.Verification, Role.Access];

    private static readonly Gen<int[]> AnyLengths =
        from staking in Gen.Int[5, 40]
        from phase in Gen.Int[20, 45]
        from threshold in Gen.Int[20, 40]
        from slack in Gen.Int[20, 80]
        from extension in Gen.Int[2 * threshold, 3 * threshold]
        select (int[])[int.Max(150, staking + 3 * phase + threshold + slack), staking, phase, threshold, extension];

    private static readonly Gen<int[]> AnySizes = Gen.Select(
        Gen.Int[4, 8], Gen.Int[3, 6], Gen.Int[3, 5], Gen.Int[5, 7], Gen.Int[2, 3],
        (consensus, collection, execution, verification, access) =>
            (int[])[consensus, collection, execution, verification, access]);

    public static readonly Gen<StormyEpochs> Any =
        from seed in Gen.ULong
        from sizes in AnySizes
        from joining in Gen.Frequency((1, Gen.Const(0)), (1, Gen.Int[0, 1])).Array[5]
        from leaving in Gen.Frequency((1, Gen.Const(0)), (1, Gen.Int[0, 1])).Array[5]
        from lengths in AnyLengths
        from network in Gen.Select(Gen.Long[1, 120], Gen.OneOf(Gen.Const(0), Gen.Int[1, 15]))
        from troubles in Gen.OneOf(Gen.Const(Array.Empty<int[]>()), AnyTrouble(sizes.Sum(), lengths[0]).Array[1, 4])
        from recover in Gen.OneOf(Gen.Const(Array.Empty<int>()), Gen.Int[20, 250].Array[1, 4])
        from ejected in Gen.OneOf(Gen.Const(-1), Gen.Int[0, sizes.Sum() - 1])
        from phase in Gen.OneOf(Gen.Const(JoinPhase.Setup), Gen.Int[0, 2].Select(i => (JoinPhase)i))
        from isBrisk in Gen.Bool
        select new StormyEpochs(seed, sizes, joining, leaving, lengths, network.Item1, network.Item2, troubles,
            recover, ejected, phase, isBrisk);

    private int EpochSeconds => Lengths[0] * ViewMs / 1_000;

    public override string ToString() => FormattableString.Invariant(
        $"new({Seed}, [{Text(Sizes)}], [{Text(Joining)}], [{Text(Leaving)}], [{Text(Lengths)}], {OneWayMs}, ")
        + FormattableString.Invariant(
        $"{LossPerCent}, [{string.Join(", ", Troubles.Select(t => $"[{Text(t)}]"))}], [{Text(RecoverAt)}], ")
        + FormattableString.Invariant($"{Ejected}, JoinPhase.{Phase}, {(IsBrisk ? "true" : "false")})");

    public RunSpec Spec()
    {
        RunSpec plain = Some.World(4, Seed, views: (ulong)Lengths[0], tauMs: ViewMs);
        NodeSpec[] nodes = [.. Nodes()];
        var all = new NodeSet(nodes.Length, Enumerable.Range(0, nodes.Length));
        var chaos = new Window(SimTime.FromSeconds(5), SimTime.FromSeconds(EpochSeconds * 2 / 3));
        return plain with
        {
            Nodes = nodes,
            Epochs = [.. Epochs()],
            Pacemaker = IsBrisk ? AbsenceTests.Brisk : plain.Pacemaker,
            Sync = IsBrisk ? AbsenceTests.BriskSync : plain.Sync,
            Network = Some.Network(SimDuration.FromMilliseconds(OneWayMs)) with
            {
                JitterPerMillion = Quantiles.Exponential(200_000),
            },
            Processing = Some.FreeProcessing with
            {
                ExecuteBlock = Quantiles.Exponential(100_000_000),
                VerifyChunk = Quantiles.Exponential(50_000_000),
                BuildCollection = Quantiles.Constant(10_000_000),
            },
            Stop = new StopCondition(new View(3 * (ulong)Lengths[0]), SimTime.FromSeconds(3 * EpochSeconds)),
            LinkFaults =
            [
                .. LossPerCent == 0 ? [] : (LinkFault[])[new LinkFault.Loss(chaos, all, all, LossPerCent * 10_000)],
                .. Cuts(nodes.Length),
            ],
            NodeFaults = [.. Faults(nodes.Length)],
            Pipeline = new PipelineSpec
            {
                Workload = new Workload { CallsPerThousandSeconds = 500 },
                Clusters = ClusterSpec.FlowGo with { Count = 1 },
            },
            Protocol = Protocol(),
        };
    }

    private ProtocolSpec Protocol() => new()
    {
        StakingViews = (ulong)Lengths[1],
        DkgPhaseViews = (ulong)Lengths[2],
        SafetyThreshold = (ulong)Lengths[3],
        ExtensionViews = (ulong)Lengths[4],
        Ejection = Seed % 4 == 0 ? EjectionRule.AtSwitchover : EjectionRule.AtSeal,
        Joining = new JoinSpec { Phase = Phase, PollInterval = SimDuration.FromSeconds(10) },
        Governance =
        [
            .. RecoverAt.Select(at => new GovernanceAct(
                SimTime.FromSeconds(EpochSeconds * at / 100),
                new ContractCall.Recover(at % 5 == 0 ? 1UL : 0, at % 7 == 0 ? 10UL : 0))),
            .. Ejected < 0 ? [] : (GovernanceAct[])[new GovernanceAct(SimTime.FromSeconds(EpochSeconds / 2),
                new ContractCall.Emit(new ServiceEvent.EjectNode(new NodeId(Ejected))))],
            .. Seed % 3 > 0 ? [] : (GovernanceAct[])[new GovernanceAct(SimTime.FromSeconds(EpochSeconds / 3),
                new ContractCall.Emit(new ServiceEvent.SetEpochExtensionViewCount((ulong)Lengths[4] + 7)))],
        ],
    };

    private IEnumerable<NodeSpec> Nodes()
    {
        for (int role = 0; role < Roles.Length; role++)
        {
            for (int i = 0; i < Sizes[role]; i++)
                yield return new NodeSpec($"{Roles[role]}-{i + 1}", Roles[role], 100, 0, "operator",
                    FirstEpoch: i < Sizes[role] - Joining[role] ? 0 : 1,
                    LastEpoch: i < Leaving[role] ? 0 : int.MaxValue);
        }
    }

    private IEnumerable<EpochTiming> Epochs()
    {
        (ulong views, ulong seconds) = ((ulong)Lengths[0], (ulong)EpochSeconds);
        for (ulong epoch = 0; epoch < 6; epoch++)
            yield return new EpochTiming(
                new View(epoch * views), new View((epoch + 1) * views - 1), seconds, (epoch + 1) * seconds);
    }

    private IEnumerable<NodeFault> Faults(int population)
    {
        foreach (int[] trouble in Troubles)
        {
            var during = new Window(SimTime.FromSeconds(trouble[2]), SimTime.FromSeconds(trouble[2] + trouble[3]));
            var who = new NodeSet(population, [trouble[1]]);
            switch (trouble[0])
            {
                case Crash:
                    yield return new NodeFault.Crash(during, who);
                    break;
                case LosesKeys:
                    yield return new NodeFault.Crash(during, who, DiskLoss.BeaconKeys);
                    break;
                case LosesAll:
                    yield return new NodeFault.Crash(during, who, DiskLoss.Everything);
                    break;
                case Pause:
                    yield return new NodeFault.Pause(during, who);
                    break;
            }
        }
    }

    /// <summary>What remains of the kinds cuts one half of the population off from the other.</summary>
    private IEnumerable<LinkFault> Cuts(int population)
    {
        foreach (int[] trouble in Troubles.Where(trouble => trouble[0] == Kinds - 1))
        {
            var during = new Window(SimTime.FromSeconds(trouble[2]), SimTime.FromSeconds(trouble[2] + trouble[3]));
            var some = new NodeSet(population, Enumerable.Range(0, population).Where(i => (i + trouble[1]) % 3 == 0));
            var others = new NodeSet(population, Enumerable.Range(0, population).Where(i => !some.Contains(i)));
            yield return new LinkFault.Cut(during, some, others);
            yield return new LinkFault.Cut(during, others, some);
        }
    }

    private static Gen<int[]> AnyTrouble(int nodes, int views) => Gen.Select(
        Gen.Int[0, Kinds - 1], Gen.Int[0, nodes - 1], Gen.Int[5, views * 9 / 10], Gen.Int[3, 60],
        (kind, node, from, length) => (int[])[kind, node, from, length]);

    private static string Text(int[] numbers) => string.Join(", ", numbers);
}
