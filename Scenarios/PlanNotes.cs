using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Executing;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Contradictions;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios;

/// <summary>What a scenario's author may not have meant, although it contradicts nothing.</summary>
internal static class PlanNotes
{
    /// <summary>The notes on a scenario, for the nodes of one of its runs.</summary>
    /// <remarks>None on a grid's upgrades: what one of its cells lacks another has.</remarks>
    public static IEnumerable<string> Of(PlannedRun run)
    {
        if (KeyGenerationNote.Of(run.Scenario, run.Spec.Nodes) is { } tooShort) yield return tooShort;
        if (run.Scenario.Grid is not null || run.Spec.Upgrade is not { } upgrade) yield break;
        foreach (string note in Of(run.Scenario, upgrade)) yield return note;
    }

    private static IEnumerable<string> Of(Scenario scenario, UpgradeSpec upgrade)
    {
        foreach (Image image in Unused(upgrade)) yield return $"nobody gets image '{image.Name}'";
        if (LateReturn(scenario, upgrade) is { } late) yield return late;
        if (scenario.Protocol is not { } protocol) yield break;
        foreach (string note in TooNear(scenario, protocol)) yield return note;
    }

    private static IEnumerable<Image> Unused(UpgradeSpec upgrade)
    {
        SortedSet<int> used = [.. upgrade.Initial, .. upgrade.Releases.Select(release => release.Image)];
        if (upgrade.Strategy.Spork is { } spork) used.Add(spork.Image);
        foreach (Rollout rollout in upgrade.Rollouts)
        {
            used.Add(rollout.Image);
            if (rollout.WrongPerMillion > 0) used.Add(rollout.WrongImage);
        }

        foreach (OperatorAct act in upgrade.Acts)
        {
            if (act is OperatorAct.Swap swap) used.Add(swap.Image);
            if (act is OperatorAct.Stage stage) used.Add(stage.Image);
            if (act is OperatorAct.Restore { Image: { } image }) used.Add(image);
            if (act is OperatorAct.CopyDisk { Image: { } copied }) used.Add(copied);
        }

        return upgrade.Images.Where((_, i) => !used.Contains(i));
    }

    /// <summary>An execution node that does not come back within the run diverges from nobody.</summary>
    private static string? LateReturn(Scenario scenario, UpgradeSpec upgrade)
    {
        if (scenario.Pipeline is not { } pipeline) return null;
        Quantiles load = pipeline.Spec.Execution.Ledger == LedgerPlace.InProcess
            ? scenario.Processing.LoadState
            : scenario.Processing.ReachLedger;
        SimTime end = Reach.Of(scenario).End;
        SimDuration down = Median(upgrade.Operators.DowntimeOf(Role.Execution));
        SimTime first = FirstRestart(scenario, upgrade);
        if (first == SimTime.Never || first + down + Median(load) < end) return null;
        return $"an execution node restarts at {Reach.Format(first)} at the earliest; typically it takes "
            + $"{GoDuration.Format(down)} and then {GoDuration.Format(Median(load))} until it executes, and the run is "
            + $"over at {Reach.Format(end)} ('operators' and the switch 'ledger: service' decide)";
    }

    private static SimTime FirstRestart(Scenario scenario, UpgradeSpec upgrade)
    {
        if (upgrade.Operators.Crashes.Any(rate => rate.Role == Role.Execution)) return SimTime.Zero;
        return upgrade.Rollouts.Where(rollout => rollout.Restarts)
            .Select(rollout => (rollout.Nodes, rollout.From))
            .Concat(upgrade.Acts.Where(act => act is not OperatorAct.Stage).Select(act => (act.Nodes, From: act.At)))
            .Where(restart => HasExecutors(restart.Nodes, scenario.Nodes))
            .Select(restart => restart.From).DefaultIfEmpty(SimTime.Never).Min();
    }

    /// <summary>What contracts or nodes turn down if views come by their targets.</summary>
    private static IEnumerable<string> TooNear(Scenario scenario, ProtocolText protocol)
    {
        ulong freeze = protocol.Spec.FreezePeriod;
        foreach (GovernanceText act in protocol.Governance.OrderBy(act => act.Time))
        {
            ulong view = scenario.Sets.Min(set => Reach.ViewAt(act.Time, set));
            if (act.Call is ContractCall.SetFreezePeriod set) freeze = set.Blocks;
            if (act.Call is ContractCall.SetBoundary { Boundary.Height.Value: var height } && height <= view + freeze)
                yield return Place(act) + FormattableString.Invariant($"height {view}, so that the contract refuses ")
                    + FormattableString.Invariant($"{height} within the freeze period of {freeze} blocks");
            if (act.Call is ContractCall.Emit { Event: ServiceEvent.ProtocolStateVersionUpgrade asked }
                && asked.ActiveView.Value <= view + protocol.Spec.SafetyThreshold)
                yield return Place(act) + FormattableString.Invariant($"view {view}, so that nodes turn down ")
                    + FormattableString.Invariant($"{asked.ActiveView.Value} within the safety threshold of ")
                    + FormattableString.Invariant($"{protocol.Spec.SafetyThreshold} views");
        }
    }

    private static string Place(GovernanceText act) => FormattableString.Invariant(
        $"line {act.Written.At.Line}: at {Reach.Format(act.Time)} the chain is by its targets at ");

    private static bool HasExecutors(NodeSet who, IReadOnlyList<NodeSpec> nodes)
    {
        foreach (int node in who.Members)
        {
            if (nodes[node].Role == Role.Execution) return true;
        }

        return false;
    }

    private static SimDuration Median(Quantiles quantiles) => new(quantiles.Value(1UL << 63));
}
