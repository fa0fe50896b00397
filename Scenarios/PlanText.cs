using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios;

/// <summary>A plan for human eyes.</summary>
public static class PlanText
{
    /// <summary>Writes runs that lie together by scenario and set, as <see cref="Plan.Of(ScenarioFile)"/> orders
    /// them.</summary>
    public static void Write(TextWriter to, IReadOnlyList<PlannedRun> runs)
    {
        Scenario? scenario = null;
        ParameterSet? set = null;
        foreach (PlannedRun run in runs)
        {
            if (run.Scenario != scenario) WriteScenario(to, run.Scenario, runs);
            if (run.Set != set) WriteSet(to, run.Set, run.Scenario, runs);
            scenario = run.Scenario;
            set = run.Set;
        }

        string what = runs.Any(run => run.Spec.Pipeline is not null) ? "consensus messages" : "messages";
        to.Write(Line($"{Runs(runs.Count)}, about {Messages(runs):N0} {what} if every view goes well"));
    }

    /// <summary>Proposals to every other node and a vote of each other replica, per view.</summary>
    public static decimal Messages(IReadOnlyList<PlannedRun> runs)
    {
        decimal messages = 0;
        foreach (PlannedRun run in runs)
        {
            int votes = 0;
            foreach (NodeSpec node in run.Spec.Nodes)
                votes += node is { Role: Role.Consensus, Weight: > 0, TwinOf: null } ? 1 : 0;
            messages += (decimal)run.Set.Timeline.PlannedViews * (run.Spec.Nodes.Count - 1 + votes - 1);
        }

        return messages;
    }

    private static void WriteScenario(TextWriter to, Scenario scenario, IReadOnlyList<PlannedRun> runs)
    {
        int count = 0;
        foreach (PlannedRun run in runs) count += run.Scenario == scenario ? 1 : 0;
        to.Write(Line($"{scenario.Name}: {scenario.Question}"));
        to.Write(Line(
            $"  {scenario.Profile}, {scenario.Nodes.Count} nodes ({ByRole(scenario.Nodes)}); {Runs(count)}"));
        foreach (CalibrationInForce calibration in scenario.Calibrations) WriteCalibration(to, calibration);
        if (scenario.Pipeline is { } pipeline) WritePipeline(to, pipeline);
        if (scenario.Protocol is { } protocol) WriteProtocol(to, protocol);
        foreach (FaultText fault in scenario.Faults) to.Write(Line($"  fault: {fault.Written}"));
        foreach (LiarText liar in scenario.Liars) to.Write(Line($"  liar: {liar.Written}"));
        if (scenario.Upgrade is { } upgrade) WriteUpgrade(to, upgrade);
        if (scenario.Grid is { Text: var grid })
        {
            to.Write(Line($"  grid: {grid.Strategies.Count} strategies × {grid.Cases.Count} cases"));
            to.Write(Line($"    × {grid.Sensitivities.Count} sensitivities; how long operators take is an assumption"));
        }

        RunSpec first = runs.First(run => run.Scenario == scenario).Spec;
        UpgradeSpec? planned = scenario.Grid is null ? first.Upgrade : null;
        if (KeyGenerationNote.Of(scenario, first.Nodes) is { } tooShort) to.Write(Line($"  note: {tooShort}"));
        foreach (string note in planned is null ? [] : PlanNotes.Of(scenario, planned))
            to.Write(Line($"  note: {note}"));
        if (scenario.Map is { Text: var map })
            to.Write(Line($"  map: {map.X.Levels.Count} × {map.Y.Levels.Count} cells, {map.Outcome.Text}"));
    }

    private static void WritePipeline(TextWriter to, PipelineText pipeline)
    {
        decimal rate = pipeline.Spec.Workload.CallsPerThousandSeconds / 1_000m;
        to.Write(Line($"  pipeline: {rate:0.###} calls per second, {pipeline.Spec.Clusters.Count} clusters"));
        foreach (BehaviourText behaviour in pipeline.Behaviours)
            WriteBehaviour(to, behaviour);
    }

    private static void WriteProtocol(TextWriter to, ProtocolText protocol)
    {
        ProtocolSpec spec = protocol.Spec;
        to.Write(Line($"  protocol: views {spec.StakingViews} of staking, {spec.DkgPhaseViews} per phase of keys"));
        to.Write(Line($"  fallback: {spec.SafetyThreshold} views before the end, by {spec.ExtensionViews} views"));
        foreach (MembershipText members in protocol.Members)
            to.Write(Line($"  members: {FlowText.Of(members.Written)}"));
        foreach (GovernanceText act in protocol.Governance)
            to.Write(Line($"  governance: {FlowText.Of(act.Written)}"));
    }

    private static void WriteBehaviour(TextWriter to, BehaviourText behaviour)
    {
        decimal share = behaviour.SensitivityPerBillion / 1e9m;
        to.Write(Line(
            $"  behaviour: {behaviour.Name} on {share:0.#########} of chunks, of {FlowText.Of(behaviour.Written)}"));
    }

    private static void WriteUpgrade(TextWriter to, UpgradeText upgrade)
    {
        foreach (Image image in upgrade.Images) to.Write(Line($"  image: {image.Name}, version {image.Version}"));
        to.Write(Line($"  strategy: {upgrade.Strategy.Name}"));
        if (upgrade.Strategy.Spork is { } spork)
            to.Write(Line($"  spork: after {spork.At.TotalSeconds:0.###} s, to {upgrade.Images[spork.Image].Name}"));
        to.Write(Line($"  upgrade: {upgrade.Rollouts.Count} rollouts, {upgrade.Acts.Count} acts beside"));
        to.Write(Line($"  operators: assumptions throughout; nobody has published how long they take"));
    }

    private static void WriteCalibration(TextWriter to, CalibrationInForce inForce)
    {
        Calibration fitted = inForce.Calibration;
        to.Write(inForce.IsReplaced
            ? Line($"  not calibrated: the scenario has its own {fitted.Constant.Text}")
            : Line($"  calibrated: {fitted.Constant.Text} {fitted.Written}, fitted on {fitted.FittedOn}"));
    }

    private static void WriteSet(TextWriter to, ParameterSet set, Scenario scenario,
        IReadOnlyList<PlannedRun> runs)
    {
        List<string> seeds = [];
        foreach (PlannedRun run in runs)
        {
            if (run.Set == set && run.Scenario == scenario)
                seeds.Add(run.Spec.Seed.ToString(CultureInfo.InvariantCulture));
        }

        string span = seeds.Count > 1
            ? FormattableString.Invariant($"{seeds.Count} seeds, {seeds[0]} to {seeds[^1]}")
            : $"seed {seeds[0]}";
        to.Write(Line(
            $"  {set.Name}: tau0 {set.Epoch.TargetViewTime:0.######} s, epochs of {set.Epoch.Views} views"));
        to.Write(Line($"    {span}, {set.Timeline.PlannedViews} views each"));
        to.Write(Line($"    {Flags.Format(set.Parameters)}"));
        string constants = ChangedConstants(set.Parameters);
        if (constants.Length > 0) to.Write(Line($"    constants changed: {constants}"));
        foreach (FaultText fault in set.Faults) to.Write(Line($"    fault: {fault.Written}"));
        foreach (LiarText liar in set.Liars) to.Write(Line($"    liar: {liar.Written}"));
        if (set.Epoch.BehindSeconds != 0)
            to.Write(Line($"    behind schedule by {set.Epoch.BehindSeconds} s"));
    }

    private static string Runs(int count) =>
        count == 1 ? "1 run" : FormattableString.Invariant($"{count} runs");

    private static string ByRole(IReadOnlyList<NodeSpec> nodes)
    {
        List<string> parts = [];
        foreach ((string name, Role role) in NodesFormat.Roles)
        {
            int count = 0;
            foreach (NodeSpec node in nodes) count += node.Role == role ? 1 : 0;
            if (count > 0) parts.Add(FormattableString.Invariant($"{count} {name}"));
        }

        return string.Join(", ", parts);
    }

    /// <summary>What no flag can reproduce on a real node.</summary>
    private static string ChangedConstants(Parameters parameters)
    {
        (CruiseControlConfig cruise, CruiseControlConfig shipped) =
            (parameters.CruiseControl, CruiseControlConfig.Default);
        (PacemakerConfig pacemaker, PacemakerConfig usual) =
            (parameters.Pacemaker, PacemakerConfig.ConsensusDefault);
        List<string> changed = [];
        Compare(changed, "KP", cruise.Kp, shipped.Kp);
        Compare(changed, "KI", cruise.Ki, shipped.Ki);
        Compare(changed, "KD", cruise.Kd, shipped.Kd);
        Compare(changed, "N_ewma", cruise.EwmaSamples, shipped.EwmaSamples);
        Compare(changed, "N_itg", cruise.IntegratorSamples, shipped.IntegratorSamples);
        if (cruise.OwnBlock != shipped.OwnBlock)
            changed.Add($"observe-own-block {ParameterFormat.NameOf(cruise.OwnBlock)}");
        if (pacemaker.MaxTimeout != usual.MaxTimeout)
            changed.Add($"max-timeout {GoDuration.Format(pacemaker.MaxTimeout)}");
        if (pacemaker.MaxRebroadcastInterval != usual.MaxRebroadcastInterval)
            changed.Add($"max-rebroadcast-interval {GoDuration.Format(pacemaker.MaxRebroadcastInterval)}");
        return string.Join(", ", changed);
    }

    private static void Compare(List<string> changed, string name, double value, double shipped)
    {
        if (value != shipped) changed.Add(FormattableString.Invariant($"{name} {value}"));
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text) + "\n";
}
