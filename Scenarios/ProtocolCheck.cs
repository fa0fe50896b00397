using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios;

/// <summary>Refuses a protocol section that its world cannot live by.</summary>
public static class ProtocolCheck
{
    /// <summary>Phases of the key generation.</summary>
    private const ulong Phases = 3;

    /// <exception cref="ScenarioException">Who needs a protocol has none, there is no
    /// pipeline, or an epoch is too short for what it must hold.
    /// </exception>
    public static void Refuse(Scenario scenario)
    {
        if (scenario.Protocol is not { } protocol)
        {
            if (scenario.Upgrade is { Strategy.Spork: not null, StrategyAt: var at })
                throw at.Error("a spork needs a protocol section: the new root commits to a protocol state");
            if (scenario.Upgrade is { Strategy: not RollingUpgrade } upgrade)
                throw upgrade.At.Error("this strategy needs a protocol section: what it goes by comes from the chain");
            return;
        }

        if (scenario.Pipeline is null)
            throw protocol.At.Error("protocol needs a pipeline: what prepares an epoch is executed and sealed");
        if (scenario.Upgrade is { Strategy.Spork: { } spork } sporked) RefuseIdleSpork(scenario, sporked, spork);
        ProtocolSpec spec = protocol.Spec;
        ulong needed = spec.StakingViews + Phases * spec.DkgPhaseViews + spec.SafetyThreshold;
        foreach (ParameterSet set in scenario.Sets)
        {
            if (set.Epoch.Views <= needed)
                throw protocol.At.Error(FormattableString.Invariant(
                    $"staking, three phases and the safety threshold take {needed} views; an epoch must have more, ")
                    + FormattableString.Invariant($"and that of {set.Name} has {set.Epoch.Views}"));
        }
    }

    /// <summary>A spork that no run comes to, or beside which governance changes the software too.</summary>
    private static void RefuseIdleSpork(Scenario scenario, UpgradeText upgrade, SporkPlan spork)
    {
        foreach (ParameterSet set in scenario.Sets)
        {
            decimal seconds = set.Timeline.PlannedViews * set.Epoch.TargetViewTime;
            if ((decimal)spork.At.TotalSeconds >= seconds)
                throw upgrade.StrategyAt.Error(FormattableString.Invariant(
                    $"the runs of {set.Name} end after {seconds:0.#} s, before the spork; choose an earlier time"));
        }

        foreach (GovernanceText act in scenario.Protocol!.Governance)
        {
            if (act.Call is ContractCall.SetBoundary
                or ContractCall.Emit { Event: ServiceEvent.ProtocolStateVersionUpgrade })
                throw act.Written.At.Error("a spork changes the software already; "
                    + "write no version-boundary and protocol-version beside it");
        }
    }

    /// <exception cref="ScenarioException">An epoch has too few members of a role, under some seed.</exception>
    public static void RefuseThinEpochs(Scenario scenario)
    {
        if (scenario.Protocol is not { Members.Count: > 0 } protocol) return;
        foreach (ulong seed in scenario.Seeds)
        {
            IReadOnlyList<NodeSpec> nodes = Adversity.Under(scenario, seed).Nodes;
            foreach (int epoch in Changes(protocol))
            {
                NodeSpec[] members = [.. nodes.Where(node => node.FirstEpoch <= epoch && epoch <= node.LastEpoch)];
                PipelineCheck.Refuse(scenario.Pipeline!.Spec, protocol.At,
                    FormattableString.Invariant($"epoch {epoch}"), members);
            }
        }
    }

    /// <summary>The epochs whose members may differ from those before.</summary>
    private static SortedSet<int> Changes(ProtocolText protocol)
    {
        SortedSet<int> epochs = [0];
        foreach (MembershipText entry in protocol.Members)
        {
            epochs.Add(entry.Joins);
            if (entry.LeavesAfter is { } last) epochs.Add(last + 1);
        }

        return epochs;
    }
}
