using System;
using System.Collections.Generic;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>What images are said to do.</summary>
internal static class BehaviourCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        if (plan.IsOfOneSeed) return;
        Dictionary<string, ImageBehaviourText> known = new(StringComparer.Ordinal);
        foreach (ImageText image in plan.Text.ImageTexts)
        {
            for (int i = 0; i < image.Behaviours.Count; i++)
            {
                ImageBehaviourText entry = image.Behaviours[i];
                RefuseIdle(plan, entry, i);
                if (known.TryAdd(entry.Name.Text, entry)) continue;
                ImageBehaviourText first = known[entry.Name.Text];
                if (entry.Value.Behaviour == first.Value.Behaviour) continue;
                throw entry.Name.At.Error(FormattableString.Invariant(
                    $"'{entry.Name.Text}' has another sensitivity in line {first.Name.At.Line}, but behaviours of one ")
                    + "name differ on the same chunks; rename one, or make them equal");
            }
        }
    }

    private static void RefuseIdle(PlannedUpgrade plan, ImageBehaviourText entry, int place)
    {
        if (plan.Scenario.Pipeline is null)
            throw entry.Name.At.Error(
                "without a pipeline nothing executes; add a 'pipeline', or remove the behaviours");
        bool isOfVersions = plan.Spec.Strategy is { Spork: null, Cue: not Cue.VersionBoundary };
        if (entry.VersionAt is { } at && plan.Scenario.Protocol is null)
            throw at.Error("without a protocol section blocks have no version; add 'protocol', or remove this key");
        if (entry.VersionAt is { } version && !isOfVersions)
            throw version.Error($"under '{plan.Spec.Strategy.Name}' an image executes every block alike; remove this "
                + "key, or choose the strategy 'protocol-version'");
        if (place > 0 && !isOfVersions)
            throw entry.Name.At.Error($"under '{plan.Spec.Strategy.Name}' an image has one behaviour for every block, "
                + "the first; remove the others");
    }
}
