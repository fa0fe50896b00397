using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Scenarios.Contradictions;
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
            if (scenario.Upgrade is { Strategy.Spork: not null, StrategyText.At: var at })
                throw at.Error("a spork needs a protocol section: the new root commits to a protocol state");
            if (scenario.Upgrade is { Strategy.Cue: not Cue.Nothing } upgrade)
                throw upgrade.At.Error("this strategy needs a protocol section: what it goes by comes from the chain");
            return;
        }

        if (scenario.Pipeline is null)
            throw protocol.At.Error("protocol needs a pipeline: what prepares an epoch is executed and sealed");
        ProtocolSpec spec = protocol.Spec;
        ulong needed = spec.StakingViews + Phases * spec.DkgPhaseViews + spec.SafetyThreshold;
        foreach (ParameterSet set in scenario.Sets)
        {
            if (set.Epoch.Views <= needed)
                throw protocol.At.Error(FormattableString.Invariant(
                    $"staking, three phases and the safety threshold take {needed} views; an epoch must have more, ")
                    + FormattableString.Invariant($"and that of {set.Name} has {set.Epoch.Views}"));
        }

        RefuseBeyondTheEnd(scenario, protocol);
    }

    private static void RefuseBeyondTheEnd(Scenario scenario, ProtocolText protocol)
    {
        var reach = Reach.Of(scenario);
        foreach (GovernanceText act in protocol.Governance) reach.Refuse(act.Written.At, act.Time);
        ulong ended = scenario.Sets.Max(set => reach.Last.Value / set.Epoch.Views);
        foreach (MembershipText entry in protocol.Members)
        {
            // An epoch is set up during the one before.
            if (entry.Joins > (int)ended + 1)
                throw entry.Written.At.Error(FormattableString.Invariant(
                    $"by its plan the run ends in epoch {ended}, so these nodes never join; at most {ended + 1}"));
            if (entry.LeavesAfter >= (int)ended)
                throw entry.Written.At.Error(FormattableString.Invariant(
                    $"by its plan the run ends in epoch {ended}, so these nodes never leave; remove 'leaves-after', ")
                    + "or make the 'duration' longer");
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
