using System;
using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>Why a view went as it did, in plain sentences; times count from its first entry.</summary>
public sealed class Explanation
{
    private readonly ViewFacts facts;
    private readonly List<string> lines = [];

    private Explanation(ViewFacts facts) => this.facts = facts;

    /// <summary>The sentences about a view, one a line.</summary>
    public static IReadOnlyList<string> Of(ViewFacts facts)
    {
        var explanation = new Explanation(facts);
        explanation.Tell();
        return explanation.lines;
    }

    private void Tell()
    {
        if (facts.Start is not { } start)
        {
            lines.Add($"No member entered view {facts.View}: a certificate of a later view made all skip it.");
            return;
        }

        lines.Add($"View {facts.View} begins at {TimeText.Absolute(start)}; times count from there. "
            + Outcome() + Cause(start));
        lines.AddRange(ProposalText.Of(facts, start));
        lines.AddRange(VoteText.Of(facts, start));
        lines.AddRange(TimeoutText.Of(facts, start));
        Ending(start);
        if (BudgetText.Of(facts) is { } budget) lines.Add(budget);
        Chain(start);
    }

    private string Outcome() => facts.Fate switch
    {
        ViewFate.Final when IsLate => "It is late: members gave up on it, though its block became final.",
        ViewFate.Final => "It went well: its block became final.",
        ViewFate.Orphaned => "It is lost: its block was published and orphaned.",
        ViewFate.NoBlock => "It is lost: no block of it was ever published.",
        _ when facts.Published is null => "No block of it was published, and nothing above it is final in this run.",
        _ => "The run ends before finality reaches it.",
    };

    /// <remarks>Its leader alone usually gives up too, as it waits for its own delayed proposal and the next.</remarks>
    private bool IsLate => facts.Reached(node => node.GaveUp, facts.Committee.WeightToTimeout) is not null;

    private string Cause(SimTime start)
    {
        if (facts.Fate is ViewFate.Final or ViewFate.Undecided) return "";
        string leader = facts.Cast.Name(facts.Leader);
        string next = facts.Cast.Name(facts.NextLeader);
        if (facts.Published is not { } published)
            return Absence(facts, facts.Leader, start) is { Length: > 0 } away
                ? $" Its leader {leader} was {away}."
                : $" Its leader {leader} did not publish.";
        if (facts.Qc is { } qc)
            return $" It had a QC at {TimeText.Since(start, qc.At)}, which no block of the final chain carries.";
        if (Absence(facts, facts.NextLeader, start) is { Length: > 0 } absence)
            return $" The next leader {next}, who alone gets the votes, was {absence}.";
        return facts.Reached(node => node.GaveUp, facts.Committee.WeightToTimeout) is { } few && few <= published.At
            ? " Its block came too late: more than a third of the weight had given up before."
            : $" Too few votes reached the next leader {next}.";
    }

    private void Ending(SimTime start)
    {
        IReadOnlyList<(int Node, SimTime At)> left = facts.InOrder(node => node.Left);
        if (left.Count == 0)
        {
            lines.Add("No member left the view before the run ended.");
            return;
        }

        (int node, SimTime at) = left[0];
        lines.Add($"{facts.Cast.Name(node)} is the first to go on, at {TimeText.Since(start, at)}, by "
            + $"{(facts[node].LeftByTc ? "TC" : "QC")}; "
            + FormattableString.Invariant($"the last of {left.Count} at {TimeText.Since(start, left[^1].At)}."));
    }

    private void Chain(SimTime start)
    {
        if (facts.FinalInstead is { } instead)
        {
            string parent = instead.Qc.View < facts.View
                ? $"builds on view {instead.Qc.View}" + (facts.Published is null ? "" : " and so orphans this one")
                : $"has its parent in view {instead.Qc.View}, on a branch without this view";
            lines.Add($"The final chain passes it by: the block of view {instead.View} {parent}.");
        }

        if (facts.Child is { } child && facts.Fate is not ViewFate.Orphaned)
            lines.Add($"The block of view {child.Block.View} carries its QC; "
                + $"the first member knows that block at {TimeText.Since(start, child.At)}.");
        if (facts.First(node => node.Finalized) is not { } first) return;
        IReadOnlyList<(int Node, SimTime At)> all = facts.InOrder(node => node.Finalized);
        lines.Add($"Its block is final at {TimeText.Since(start, first.At)} at {facts.Cast.Name(first.Node)}, "
            + FormattableString.Invariant($"and at {TimeText.Since(start, all[^1].At)} at the last of {all.Count}."));
    }

    /// <summary>How a step spread over the members: the first, some share of the weight, the last.</summary>
    public static string Spread(
        ViewFacts facts, Func<NodeFacts, SimTime?> step, SimTime start, bool withThird = false)
    {
        IReadOnlyList<(int Node, SimTime At)> order = facts.InOrder(step);
        if (order.Count == 0) return "none";
        string third = !withThird ? ""
            : facts.Reached(step, facts.Committee.WeightToTimeout) is { } few
                ? $"a third of the weight at {TimeText.Since(start, few)}, "
                : "never a third of the weight, ";
        string most = facts.Reached(step, facts.Committee.WeightToCertify) is { } reached
            ? $"two thirds of the weight at {TimeText.Since(start, reached)}"
            : "never two thirds of the weight";
        return $"the first at {TimeText.Since(start, order[0].At)}, {third}{most}, "
            + $"the last at {TimeText.Since(start, order[^1].At)}";
    }

    /// <summary>When a node was down or stood still; empty if it could act all through the view.</summary>
    public static string Absence(ViewFacts facts, int node, SimTime start)
    {
        if (node < 0) return "";
        SimTime end = facts.End ?? facts.RunEnd;
        if (facts.Cast.PauseOf(node, start, end) is { } pause)
            return $"standing still from {TimeText.Since(start, pause.From)} on until "
                + TimeText.Since(start, pause.Until);
        if (facts[node].DownDuring(start, end) is not { } down) return "";
        string from = down.From == SimTime.Zero
            ? "since the run began"
            : $"from {TimeText.Since(start, down.From)} on";
        return down.Until == SimTime.Never
            ? $"down {from}"
            : $"down {from} until {TimeText.Since(start, down.Until)}";
    }
}
