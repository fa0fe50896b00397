using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>Which nodes of a population a choice means, under one seed or before any is known.</summary>
/// <remarks>
/// A draw takes the nodes with the least draws of luck by their own names, so that another node or another fault
/// elsewhere changes at most one of those chosen. Without a seed all candidates stand for those that would be drawn.
/// </remarks>
/// <param name="nodes">The population.</param>
/// <param name="regions">The names of the regions.</param>
/// <param name="luck">The seed's; null before one is known.</param>
public sealed class Casting(IReadOnlyList<NodeSpec> nodes, IReadOnlyList<string> regions, Luck? luck)
{
    private readonly List<int> drawn = [];

    /// <summary>How many each drawn choice takes, in the order of the questions.</summary>
    public IReadOnlyList<int> Drawn => drawn;

    /// <summary>The nodes of a choice.</summary>
    /// <param name="choice">What is written.</param>
    /// <param name="purpose">Names the draw, so that two choices draw apart.</param>
    /// <exception cref="ScenarioException">A name is wrong, or nobody is meant.</exception>
    public NodeSet Of(ChoiceText choice, string purpose) => Of(choice, purpose, _ => true, "");

    /// <summary>The members of the committee in a choice: nobody else can lie.</summary>
    /// <inheritdoc cref="Of(ChoiceText, string)"/>
    public NodeSet Members(ChoiceText choice, string purpose) => Of(choice, purpose,
        node => node is { Role: Role.Consensus, Weight: > 0 }, " in the consensus committee");

    /// <summary>The nodes of a choice, of those that are not taken.</summary>
    /// <inheritdoc cref="Of(ChoiceText, string)"/>
    public NodeSet Among(ChoiceText choice, string purpose, IReadOnlySet<int> taken)
    {
        // Before a seed is known those drawn earlier are not settled, so nobody counts as taken.
        HashSet<string> names = new(StringComparer.Ordinal);
        if (luck is not null)
            foreach (int node in taken) names.Add(nodes[node].Name);
        return Of(choice, purpose, node => !names.Contains(node.Name), " that no earlier entry has");
    }

    /// <summary>All nodes.</summary>
    public NodeSet Everyone => new(nodes.Count, All());

    /// <summary>The index of a region.</summary>
    public int Region(YamlScalar name)
    {
        for (int i = 0; i < regions.Count; i++)
        {
            if (string.Equals(regions[i], name.Text, StringComparison.Ordinal)) return i;
        }

        throw name.At.Error($"there is no region '{name.Text}'; {Nearest.Allowed(name.Text, regions)}");
    }

    private NodeSet Of(ChoiceText choice, string purpose, Predicate<NodeSpec> isAble, string of)
    {
        bool isDrawn = choice.IsDrawn;
        List<int> candidates = Candidates(choice, node => isAble(node) && !(isDrawn && node.TwinOf is not null));
        if (candidates.Count == 0) throw choice.At.Error($"this chooses no node{of}");
        if (!isDrawn) return new NodeSet(nodes.Count, candidates);
        int taken = Taken(choice, candidates.Count);
        drawn.Add(taken);
        return new NodeSet(nodes.Count, luck is { } seed ? Draw(candidates, taken, seed.For(purpose)) : candidates);
    }

    private static int Taken(ChoiceText choice, int candidates)
    {
        if (choice.Count is { } count)
            return count <= candidates ? (int)count : throw choice.At.Error(FormattableString.Invariant(
                $"{count} of {candidates} nodes are asked for; at most all can be"));
        int share = (int)(candidates * choice.SharePerMillion!.Value / 1_000_000);
        return share > 0 ? share : throw choice.At.Error(FormattableString.Invariant(
            $"this share of {candidates} nodes is less than one node; write 'count: 1' or a larger share"));
    }

    private List<int> Draw(List<int> candidates, int count, Luck.Purpose purpose)
    {
        List<(ulong Draw, int Node)> draws = [];
        foreach (int node in candidates) draws.Add((purpose.Draw(Mix64.OfText(nodes[node].Name)), node));
        draws.Sort();
        return draws.GetRange(0, count).ConvertAll(draw => draw.Node);
    }

    private List<int> Candidates(ChoiceText choice, Predicate<NodeSpec> isAble)
    {
        HashSet<string>? names = choice.Names is null ? null : Known(choice.Names);
        int? region = choice.Region is null ? null : Region(choice.Region);
        if (choice.Operator is not null) RefuseUnknownOperator(choice.Operator);
        List<int> candidates = [];
        for (int i = 0; i < nodes.Count; i++)
        {
            NodeSpec node = nodes[i];
            if (isAble(node) && names?.Contains(node.Name) != false && node.Role == (choice.Role ?? node.Role)
                && node.Region == (region ?? node.Region)
                && string.Equals(node.Operator, choice.Operator?.Text ?? node.Operator, StringComparison.Ordinal))
                candidates.Add(i);
        }

        return candidates;
    }

    private HashSet<string> Known(IReadOnlyList<YamlScalar> names)
    {
        List<string> all = [];
        foreach (NodeSpec node in nodes) all.Add(node.Name);
        HashSet<string> known = new(all, StringComparer.Ordinal);
        HashSet<string> asked = new(StringComparer.Ordinal);
        foreach (YamlScalar name in names)
        {
            if (!known.Contains(name.Text))
                throw name.At.Error($"there is no node '{name.Text}'; {Nearest.Allowed(name.Text, all)}");
            if (!asked.Add(name.Text)) throw name.At.Error($"node '{name.Text}' stands twice");
        }

        return asked;
    }

    private void RefuseUnknownOperator(YamlScalar name)
    {
        SortedSet<string> operators = new(StringComparer.Ordinal);
        foreach (NodeSpec node in nodes) operators.Add(node.Operator);
        if (!operators.Contains(name.Text))
            throw name.At.Error($"there is no operator '{name.Text}'; {Nearest.Allowed(name.Text, [.. operators])}");
    }

    private IEnumerable<int> All()
    {
        for (int i = 0; i < nodes.Count; i++) yield return i;
    }
}
