using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Tests.Worlds;

namespace FlowSim.Tests.Golden;

/// <summary>Small worlds whose epochs come from the chain, for digests on record.</summary>
internal static class EpochWorlds
{
    private const ulong Views = 220;
    private static readonly Role[] Roles =
        [Role.Consensus, Role.Collection, Role.Execution, Role.Verification, Role.Access];

    /// <summary>In every role one node joins the second epoch and one leaves after the first; governance moves the
    /// protocol to its next version and ejects a node.</summary>
    public static RunSpec Turnover()
    {
        List<NodeSpec> nodes = [.. FiveRoles.Spec.Nodes];
        foreach (Role role in Roles)
        {
            int first = nodes.FindIndex(node => node.Role == role);
            nodes.Add(nodes[first] with { Name = $"joiner-{role}", FirstEpoch = 1 });
            if (role is not Role.Access) nodes[first] = nodes[first] with { LastEpoch = 0 };
        }

        int ejected = nodes.FindLastIndex(node => node is { Role: Role.Verification, FirstEpoch: 0 });
        return FiveRoles.Spec with
        {
            Nodes = nodes,
            Epochs = Some.Epochs(Views, 800),
            Stop = new StopCondition(new View(Views + 60), SimTime.FromSeconds(400)),
            Protocol = new ProtocolSpec
            {
                StakingViews = 20, DkgPhaseViews = 40, SafetyThreshold = 40, ExtensionViews = 80, Version = 1,
                Governance =
                [
                    new GovernanceAct(SimTime.FromSeconds(5), new ContractCall.Emit(
                        new ServiceEvent.ProtocolStateVersionUpgrade(2, new View(90)))),
                    new GovernanceAct(SimTime.FromSeconds(20), new ContractCall.Emit(
                        new ServiceEvent.EjectNode(new NodeId(ejected)))),
                ],
            },
        };
    }

    /// <summary>Half the consensus nodes' processes die in the key generation, so that fallback extends the epoch until
    /// governance recovers it; one of them has lost its keys, another one everything.</summary>
    public static RunSpec FallbackAndRecovery()
    {
        RunSpec turnover = Turnover();
        int[] consensus = [.. Enumerable.Range(0, turnover.Nodes.Count)
            .Where(i => turnover.Nodes[i] is { Role: Role.Consensus, FirstEpoch: 0 })];
        return turnover with
        {
            Stop = new StopCondition(new View(Views + 140), SimTime.FromSeconds(400)),
            NodeFaults =
            [
                Crash(40, 44, consensus[1], DiskLoss.Nothing), Crash(46, 50, consensus[2], DiskLoss.BeaconKeys),
                Crash(52, 60, consensus[3], DiskLoss.Everything),
            ],
            Protocol = turnover.Protocol! with
            {
                Dkg = turnover.Protocol.Dkg with { RequireBeaconKey = false },
                Governance =
                    [new GovernanceAct(SimTime.FromSeconds(170), new ContractCall.Recover(0, 0))],
            },
        };

        NodeFault.Crash Crash(long from, long until, int node, DiskLoss loses) => new(
            new Window(SimTime.FromSeconds(from), SimTime.FromSeconds(until)),
            new NodeSet(turnover.Nodes.Count, [node]), loses);
    }
}
