using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>What is said of a view's leader and its proposal.</summary>
public static class ProposalText
{
    private const int SlowestNamed = 3;

    /// <summary>The sentences.</summary>
    public static IEnumerable<string> Of(ViewFacts facts, SimTime start)
    {
        yield return Leader(facts, start);
        if (facts.HasTwoBlocks) yield return "The view has two blocks: its leader contradicts itself.";
        if (facts.Published is null) yield break;
        IReadOnlyList<(int Node, SimTime At)> knew = facts.InOrder(node => node.Incorporated);
        yield return FormattableString.Invariant(
            $"{knew.Count} of {facts.Committee.Size} members know the block: ")
            + $"{Explanation.Spread(facts, node => node.Incorporated, start)}.";
        int[] without = [.. facts.Members.Where(node => facts[node].Incorporated is null)];
        if (without.Length > 0) yield return $"It never reached or never fitted: {Reasons(facts, without)}.";
        if (Slowest(facts) is { Length: > 0 } slow) yield return $"Slowest links of the proposal: {slow}.";
    }

    /// <summary>The links of most latency among some ways, as text; empty if nothing arrived.</summary>
    public static string Slowest(ViewFacts facts, IEnumerable<int> nodes, Func<NodeFacts, Way> way) =>
        string.Join(", ", nodes.Where(node => way(facts[node]).Latency is not null)
            .OrderByDescending(node => way(facts[node]).Latency!.Value.Nanoseconds).ThenBy(node => node)
            .Take(SlowestNamed)
            .Select(node => $"{facts.Cast.Name(node)} {TimeText.Length(way(facts[node]).Latency!.Value)}"));

    private static string Slowest(ViewFacts facts) =>
        Slowest(facts, facts.Members, node => node.Proposal) is { Length: > 0 } slow
            ? $"from {facts.Cast.Name(facts.Leader)} to {slow}"
            : "";

    private static string Leader(ViewFacts facts, SimTime start)
    {
        string who = $"{facts.Cast.Name(facts.Leader)}{facts.Cast.Lies(facts.Leader)} leads it";
        if (facts.Leader < 0) return "No leader of it is known.";
        string absence = Explanation.Absence(facts, facts.Leader, start);
        if (absence.Length > 0) who += $" and was {absence}";
        NodeFacts leader = facts[facts.Leader];
        if (leader.Entered is { } entered)
            who += $"; it enters at {TimeText.Since(start, entered)} by {(leader.EnteredByTc ? "TC" : "QC")}";
        else if (absence.Length == 0)
            who += "; it never enters";
        if (facts.Built is not { } built) return $"{who}. It is silent: it builds no block.{Lacking(facts)}";

        who += FormattableString.Invariant($". It knows QC {built.Block.Qc.View}")
            + (built.Block.Qc.View.Next == facts.View ? "" : $" and the TC of view {facts.View.Value - 1}")
            + $", builds on view {built.Block.Qc.View} at {TimeText.Since(start, built.At)}";
        return facts.Published is { } published
            ? $"{who}, is ready at {TimeText.Since(start, published.Ready)} and publishes at "
                + $"{TimeText.Since(start, published.At)}; the controller wanted {TimeText.Since(start, built.Target)}."
            : $"{who} and never publishes it.";
    }

    /// <summary>A leader that is in the view and does not build may lack the parent.</summary>
    private static string Lacking(ViewFacts facts)
    {
        NodeFacts leader = facts[facts.Leader];
        if (leader.Entered is null || leader.GaveUp is null) return "";
        return $" The newest QC it knows is of view {leader.KnewWhenGivingUp}.";
    }

    private static string Reasons(ViewFacts facts, int[] nodes) => string.Join("; ",
        nodes.GroupBy(node => facts[node].Proposal switch
        {
            { Taken: not null } => "parent unknown or view long past",
            { IsLost: true } => "lost or down",
            { Sent: not null } => "still on its way or being checked",
            _ => "never sent",
        }, StringComparer.Ordinal).Select(group => $"{facts.Cast.Names([.. group])} ({group.Key})"));
}
