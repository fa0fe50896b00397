using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>Nobody is given the image that all meant have already.</summary>
internal static class HoldingCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        int?[] has = new int?[plan.Nodes.Count];
        Array.Fill(has, 0);
        for (int i = 0; i < plan.Text.Initial.Count; i++)
        {
            InitialText entry = plan.Text.Initial[i];
            NodeSet who = plan.Starters[i];
            Give(has, who, IndexOf(entry.Image, plan),
                plan.IsSettled(entry.Of), entry.Image, "start with", "remove this entry, or choose others");
            if (plan.IsSettled(entry.Of)) RefuseReplaced(plan, i, who);
        }

        foreach ((_, Action<int?[]> happen) in Events(plan).OrderBy(entry => entry.At)) happen(has);
    }

    /// <summary>What the plan lets one know of nodes' images, in the order of the text.</summary>
    private static List<(SimTime At, Action<int?[]> Happen)> Events(PlannedUpgrade plan)
    {
        List<(SimTime, Action<int?[]>)> events = [];
        foreach (OperatorAct act in plan.Spec.Acts) events.Add((act.At, has => Forget(has, act.Nodes)));
        if (plan is { OutdatedFrom: { } from, Spec.Releases: [{ At: var at }, ..] })
            events.Add((SimTime.Max(from, at), has => Array.Fill(has, null)));
        for (int i = 0; i < plan.Spec.Rollouts.Count; i++)
        {
            (RolloutText text, Rollout rollout) = (plan.Text.Rollouts[i], plan.Spec.Rollouts[i]);
            bool isCertain = plan.IsSettled(text.Of) && IsCertain(rollout);
            events.Add((rollout.From, has => Give(has, rollout.Nodes, rollout.Image, isCertain, text.Image, "have",
                "there is nothing to roll out")));
        }

        return events;
    }

    private static void Give(int?[] has, NodeSet who, int image, bool isCertain, YamlScalar name, string verb,
        string advice)
    {
        bool isIdle = true;
        foreach (int node in who.Members)
        {
            if (has[node] == image) continue;
            isIdle = false;
            has[node] = isCertain ? image : null;
        }

        if (isIdle) throw name.At.Error($"all these nodes {verb} image '{name.Text}' already; {advice}");
    }

    private static void RefuseReplaced(PlannedUpgrade plan, int entry, NodeSet who)
    {
        HashSet<int> left = [.. who.Members.ToArray()];
        for (int later = entry + 1; later < plan.Text.Initial.Count; later++)
        {
            InitialText text = plan.Text.Initial[later];
            if (!plan.IsSettled(text.Of)) continue;
            left.ExceptWith(plan.Starters[later].Members.ToArray());
            if (left.Count == 0)
                throw plan.Text.Initial[entry].Image.At.Error(FormattableString.Invariant(
                    $"line {text.Image.At.Line} gives all these nodes another image, and the last entry counts; ")
                    + "write the larger group first");
        }
    }

    private static void Forget(int?[] has, NodeSet who)
    {
        foreach (int node in who.Members) has[node] = null;
    }

    private static bool IsCertain(Rollout rollout) => rollout is
    {
        Restarts: true, NeverPerMillion: 0, WrongPerMillion: 0, Pace.Everybody: not null, Waves.Count: 0,
    };

    private static int IndexOf(YamlScalar name, PlannedUpgrade plan) => ImageName.IndexOf(name, plan.Spec.Images);
}
