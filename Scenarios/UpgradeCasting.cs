using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Faults;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios;

/// <summary>An upgrade with its nodes, under one seed or before any is known.</summary>
/// <param name="text">What is written.</param>
/// <param name="nodes">The population.</param>
/// <param name="choose">The nodes of a choice, drawn under a name if need be.</param>
/// <param name="isOfOneSeed">Whether draws are made: only then do they say who is meant twice.</param>
internal sealed class UpgradeCasting(
    UpgradeText text, IReadOnlyList<NodeSpec> nodes, Func<ChoiceText, string, NodeSet> choose, bool isOfOneSeed)
{
    private const long Million = 1_000_000;

    /// <exception cref="ScenarioException">Names are wrong, or plans contradict each other.</exception>
    public UpgradeSpec Spec()
    {
        int[] initial = new int[nodes.Count];
        foreach (InitialText entry in text.Initial)
        {
            int image = IndexOf(entry.Image);
            foreach (int node in choose(entry.Of, $"initial {entry.Image.Text}").Members) initial[node] = image;
        }

        var spec = new UpgradeSpec
        {
            Images = text.Images,
            Strategy = text.Strategy,
            Initial = initial,
            Releases = Releases(),
            Rollouts = Rollouts(),
            Acts = new ActCasting(text, nodes, choose, isOfOneSeed).Acts(),
            Operators = text.Operators,
            Specified = [.. text.Specified.Select(entry => entry.Of(IndexOf(entry.Image)))],
        };
        RefuseIdle(spec);
        return spec;
    }

    private List<Release> Releases()
    {
        List<Release> releases = [];
        foreach (ReleaseText entry in text.Releases)
        {
            if (releases.Count > 0 && entry.At < releases[^1].At)
                throw entry.Image.At.Error("this release is earlier than the one before; list them in order");
            releases.Add(new Release(entry.At, IndexOf(entry.Image)));
        }

        return releases;
    }

    private List<Rollout> Rollouts()
    {
        List<Rollout> rollouts = [];
        foreach (RolloutText entry in text.Rollouts)
        {
            NodeSet who = entry.Of is null ? Everyone() : choose(entry.Of, $"rollout {entry.Image.Text}");
            Rollout rollout = entry.Plan with
            {
                Image = IndexOf(entry.Image),
                Nodes = who,
                WrongImage = entry.Wrong is null ? 0 : IndexOf(entry.Wrong),
            };
            RefuseTooLowLimit(entry, rollout);
            rollouts.Add(rollout);
        }

        return rollouts;
    }

    private void RefuseTooLowLimit(RolloutText entry, Rollout rollout)
    {
        if (rollout.MaxOfflinePerMillion is not { } limit) return;
        foreach (int index in rollout.Nodes.Members)
        {
            NodeSpec node = nodes[index];
            UInt128 total = 0;
            foreach (NodeSpec other in nodes) total += other.Role == node.Role ? other.Weight : 0;
            if (node.Weight > total * (UInt128)limit / Million)
                throw entry.LimitAt.Error(FormattableString.Invariant(
                    $"{node.Name} alone is more than {limit / 10_000m:0.####}% of the {NodesFormat.NameOf(node.Role)} ")
                    + "weight and could never restart");
        }
    }

    /// <summary>A rollout to the image that all its nodes have by then is a slip of the pen.</summary>
    private void RefuseIdle(UpgradeSpec spec)
    {
        int[] has = [.. spec.Initial];
        List<int> order = [];
        for (int i = 0; i < spec.Rollouts.Count; i++) order.Add(i);
        order.Sort((a, b) => spec.Rollouts[a].From != spec.Rollouts[b].From
            ? spec.Rollouts[a].From.CompareTo(spec.Rollouts[b].From)
            : a.CompareTo(b));
        foreach (int i in order)
        {
            bool isIdle = true;
            foreach (int node in spec.Rollouts[i].Nodes.Members)
            {
                isIdle &= has[node] == spec.Rollouts[i].Image;
                has[node] = spec.Rollouts[i].Image;
            }

            if (isIdle)
                throw text.Rollouts[i].Image.At.Error($"all these nodes have image '{text.Rollouts[i].Image.Text}' "
                    + "already; there is nothing to roll out");
        }
    }

    private int IndexOf(Reading.YamlScalar name) => ImageName.IndexOf(name, text.Images);

    private NodeSet Everyone()
    {
        int[] all = new int[nodes.Count];
        for (int i = 0; i < all.Length; i++) all[i] = i;
        return new NodeSet(all.Length, all);
    }
}
