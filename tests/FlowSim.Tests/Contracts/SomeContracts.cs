using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.Kernel;

namespace FlowSim.Tests.Contracts;

/// <summary>System contracts of a small chain: epochs of 100 views, the first one 0..99; height is view.</summary>
internal static class SomeContracts
{
    public static readonly ContractsSpec Spec = new()
    {
        Views = 100, StakingViews = 20, DkgPhaseViews = 20, TargetDurationSeconds = 80,
    };

    /// <summary>0-3 consensus, 4-9 collection in two clusters, 10-11 execution, 12-14 verification, 15 access.
    /// </summary>
    public static readonly NodeSpec[] Nodes =
    [
        .. Of(Role.Consensus, 4), .. Of(Role.Collection, 6), .. Of(Role.Execution, 2), .. Of(Role.Verification, 3),
        .. Of(Role.Access, 1),
    ];

    public static readonly EpochPlanner Planner = Planned(Nodes);

    /// <summary>The last view of the first epoch's staking auction.</summary>
    public const ulong StakingEnd = 19;

    /// <summary>The first epoch's last view.</summary>
    public const ulong End = 99;

    public static SystemContracts Root => RootOf(Planner);

    /// <summary>The second epoch is set up.</summary>
    public static SystemContracts InSetup => Root.After(StakingEnd);

    /// <summary>All that the second epoch needs.</summary>
    public static ContractCall[] Preparation =>
    [
        .. Enumerable.Range(4, 6).Select(i => Vote(i)), .. Enumerable.Range(0, 4).Select(i => Result(i)),
    ];

    public static EpochPlanner Planned(NodeSpec[] nodes, ContractsSpec? spec = null, int epochs = 5) =>
        new(new EpochTable(nodes, new Luck(1), epochs, 2), spec ?? Spec);

    public static SystemContracts RootOf(EpochPlanner planner) =>
        SystemContracts.Root(planner, planner.Root(default, new View(End), 80, 80));

    public static (SystemContracts Next, IReadOnlyList<ServiceEvent> Events) At(
        this SystemContracts contracts, ulong view, params ContractCall[] calls) =>
        contracts.Execute(new View(view), new Height(view), calls);

    public static SystemContracts After(this SystemContracts contracts, ulong view, params ContractCall[] calls) =>
        contracts.At(view, calls).Next;

    public static IReadOnlyList<ServiceEvent> EventsAt(
        this SystemContracts contracts, ulong view, params ContractCall[] calls) => contracts.At(view, calls).Events;

    public static ContractCall Vote(int from, ulong epoch = 1) => new ContractCall.ClusterVote(epoch, new NodeId(from));

    public static ContractCall Result(int from, ulong key = 7, ulong epoch = 1) =>
        new ContractCall.DkgResult(epoch, new NodeId(from), key);

    public static ContractCall Post(int from, int about = 0, ulong epoch = 1) =>
        new ContractCall.DkgPost(epoch, new NodeId(from), DkgPostKind.Complaint, new NodeId(about));

    public static ContractCall Set(ulong height, string version) =>
        new ContractCall.SetBoundary(new VersionBoundary(new Height(height), version));

    private static IEnumerable<NodeSpec> Of(Role role, int count) => Enumerable.Range(1, count)
        .Select(i => new NodeSpec($"{role}-{i}", role, 100, 0, "operator"));
}
