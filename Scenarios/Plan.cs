using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace FlowSim.Scenarios;

/// <summary>A run that is to be made: everything that decides it, and its names.</summary>
/// <param name="Scenario">The question; it also has the warm-up and the expectations.</param>
/// <param name="Set">The parameter set; it also has the epochs the run finishes.</param>
/// <param name="Spec">What the simulator is given.</param>
/// <param name="Identity">The run's names in records.</param>
public sealed record PlannedRun(Scenario Scenario, ParameterSet Set, RunSpec Spec, RunIdentity Identity);

/// <summary>Scenarios to runs: every set under every seed. Pure.</summary>
public static class Plan
{
    /// <summary>All runs of a file: by scenario, then set, then seed.</summary>
    public static IReadOnlyList<PlannedRun> Of(ScenarioFile file)
    {
        List<PlannedRun> runs = [];
        foreach (Scenario scenario in file.Scenarios)
        {
            Scenario? world = null;
            Adversity any = null!;
            List<Adversity> adversities = [];
            foreach (ParameterSet set in scenario.Sets)
            {
                Scenario met = scenario.In(set);
                if (!ReferenceEquals(met, world)) (any, adversities) = Meet(met);
                world = met;
                AddRuns(runs, file.Hash, scenario, met, set, any, adversities);
            }
        }

        return runs;
    }

    /// <summary>The same, under the names that watched or unwatched runs have.</summary>
    /// <remarks>Runs without oracles go by names of their own: a watched run must not take them for its own.</remarks>
    public static IReadOnlyList<PlannedRun> Of(ScenarioFile file, bool isWatched) => isWatched
        ? Of(file)
        : [.. Of(file).Select(run => run with { Identity = run.Identity.Unwatched() })];

    /// <summary>What goes wrong under any seed, and under each.</summary>
    private static (Adversity Any, List<Adversity> Under) Meet(Scenario world)
    {
        Adversity any = Adversity.OfAnySeed(world);
        List<Adversity> under = [];
        foreach (ulong seed in world.Seeds) under.Add(any.Drawn.Count > 0 ? Adversity.Under(world, seed) : any);
        return (any, under);
    }

    private static void AddRuns(List<PlannedRun> runs, string scenarioHash, Scenario scenario, Scenario met,
        ParameterSet set, Adversity any, IReadOnlyList<Adversity> adversities)
    {
        string paramsHash = Convert.ToHexStringLower(
            SHA256.HashData(CanonicalSpec.Json(SpecOf(met, set, 0, any), any.Drawn)));
        for (int i = 0; i < scenario.Seeds.Count; i++)
        {
            RunSpec spec = SpecOf(met, set, scenario.Seeds[i], adversities[i]);
            runs.Add(new PlannedRun(scenario, set, spec,
                RunIdentity.Of(scenarioHash, paramsHash, scenario.Name, set.Name, spec.Seed)));
        }
    }

    private static RunSpec SpecOf(Scenario scenario, ParameterSet set, ulong seed, Adversity adversity) => new()
    {
        Seed = seed,
        Nodes = adversity.Nodes,
        Network = scenario.Network,
        Processing = scenario.Processing,
        Pipeline = scenario.Pipeline is { Spec: var pipeline }
            ? pipeline with { Deviations = adversity.Deviations }
            : null,
        Protocol = scenario.Protocol is { Spec: var protocol }
            ? protocol with { Governance = adversity.Governance }
            : null,
        Upgrade = adversity.Upgrade,
        Epochs = set.Timeline.Epochs,
        Pacemaker = set.Parameters.Pacemaker,
        CruiseControl = set.Parameters.CruiseControl,
        Stop = set.Timeline.Stop,
        LinkFaults = adversity.LinkFaults,
        NodeFaults = adversity.NodeFaults,
        Liars = adversity.Liars,
    };
}
