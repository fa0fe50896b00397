using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Faults;
using FlowSim.Scenarios.Contradictions;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios;

/// <summary>An upgrade with its nodes, under one seed or before any is known.</summary>
/// <param name="scenario">The world.</param>
/// <param name="text">What is written.</param>
/// <param name="nodes">The population.</param>
/// <param name="choose">The nodes of a choice, drawn under a name if need be.</param>
/// <param name="isOfOneSeed">Whether draws are made: only then do they say who is meant twice.</param>
internal sealed class UpgradeCasting(Scenario scenario, UpgradeText text, IReadOnlyList<NodeSpec> nodes,
    Func<ChoiceText, string, NodeSet> choose, bool isOfOneSeed)
{
    /// <exception cref="ScenarioException">Names are wrong, or plans contradict themselves.</exception>
    public UpgradeSpec Spec()
    {
        int[] initial = new int[nodes.Count];
        List<NodeSet> starters = [];
        foreach (InitialText entry in text.Initial)
        {
            int image = IndexOf(entry.Image);
            starters.Add(choose(entry.Of, $"initial {entry.Image.Text}"));
            foreach (int node in starters[^1].Members) initial[node] = image;
        }

        var spec = new UpgradeSpec
        {
            Images = text.Images,
            Strategy = text.Strategy,
            Initial = initial,
            Releases = [.. text.Releases.Select(entry => new Release(entry.At, IndexOf(entry.Image)))],
            Rollouts = [.. text.Rollouts.Select(RolloutOf)],
            Acts = [.. text.Acts.Select(ActOf)],
            Operators = text.OperatorText.Spec,
            Specified = [.. text.Specified.Select(entry => entry.Of(IndexOf(entry.Image)))],
        };
        UpgradeCheck.Refuse(new PlannedUpgrade(scenario, text, spec, starters, nodes, isOfOneSeed));
        return spec;
    }

    private Rollout RolloutOf(RolloutText entry)
    {
        NodeSet who = entry.Of is null ? Everyone() : choose(entry.Of, $"rollout {entry.Image.Text}");
        return entry.Plan with
        {
            Image = IndexOf(entry.Image),
            Nodes = who,
            WrongImage = entry.Wrong is null ? 0 : IndexOf(entry.Wrong),
        };
    }

    private OperatorAct ActOf(ActText entry) => entry.Make(choose(entry.Of, $"mistake {entry.Kind}"),
        entry.Image is null ? null : IndexOf(entry.Image), FromOf(entry));

    private int? FromOf(ActText entry) => entry.From is { } name
        ? choose(new ChoiceText(name.At, [name], null, null, null, null, null), $"from {name.Text}").Members[0]
        : null;

    private int IndexOf(Reading.YamlScalar name) => ImageName.IndexOf(name, text.Images);

    private NodeSet Everyone()
    {
        int[] all = new int[nodes.Count];
        for (int i = 0; i < all.Length; i++) all[i] = i;
        return new NodeSet(all.Length, all);
    }
}
