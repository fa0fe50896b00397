using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>What is said of a view's votes, which only the next leader can count.</summary>
public static class VoteText
{
    /// <summary>The sentences.</summary>
    public static IEnumerable<string> Of(ViewFacts facts, SimTime start)
    {
        if (facts.Published is null) yield break;
        string next = facts.Cast.Name(facts.NextLeader) + facts.Cast.Lies(facts.NextLeader);
        string absence = Explanation.Absence(facts, facts.NextLeader, start);
        IReadOnlyList<(int Node, SimTime At)> voted = facts.InOrder(node => node.Voted);
        yield return FormattableString.Invariant(
            $"{voted.Count} of {facts.Committee.Size - 1} members vote besides the leader, whose proposal is ")
            + (voted.Count == 0 ? "its vote." : $"its vote: the first at {TimeText.Since(start, voted[0].At)}, "
                + $"the last at {TimeText.Since(start, voted[^1].At)}.");
        string leads = $"Their votes go to {next}, who leads view {facts.View.Next}"
            + (absence.Length > 0 ? $" and was {absence}" : "") + "; ";
        int taken = facts.InOrder(node => node.Vote.Taken).Count;
        yield return leads + (facts.Qc is { } qc
            ? FormattableString.Invariant($"{facts.Cast.Name(qc.By)} assembles the QC of {qc.Votes} votes ")
                + $"at {TimeText.Since(start, qc.At)}."
            : FormattableString.Invariant($"{taken} reach it and no QC comes of them."));
        foreach (string line in Missing(facts)) yield return line;
        string slow = ProposalText.Slowest(facts, facts.Members, node => node.Vote);
        if (slow.Length > 0) yield return $"Slowest links of the votes: to {next} from {slow}.";
    }

    /// <summary>Whose votes the next leader had not got when it had the QC, or when the first member went on.</summary>
    private static IEnumerable<string> Missing(ViewFacts facts)
    {
        SimTime by = facts.Qc?.At ?? facts.End ?? facts.RunEnd;
        int[] missing =
        [
            .. facts.Members.Where(node => node != facts.Leader
                && !(facts[node].Vote.Taken is { } taken && taken <= by)),
        ];
        if (missing.Length == 0) yield break;
        string groups = string.Join("; ", missing.GroupBy(node => Reason(facts, node, by), StringComparer.Ordinal)
            .Select(group => $"{group.Key}: {facts.Cast.Names([.. group])}"));
        yield return (facts.Qc is null ? "Missing when the view ended: " : "Not needed or not there by then: ")
            + groups + ".";
    }

    private static string Reason(ViewFacts facts, int node, SimTime by)
    {
        NodeFacts voter = facts[node];
        if (voter.Vote.Taken is not null) return "came later";
        if (voter.Vote.IsLost) return "vote lost or dropped";
        if (voter.Voted is not null) return "vote on its way";
        if (voter.DownDuring(facts.Start ?? by, by) is not null) return "down";
        if (voter.Incorporated is null) return "without the block";
        return voter.GaveUp is { } gaveUp && gaveUp <= voter.Incorporated
            ? "had given up before"
            : $"did not vote{facts.Cast.Lies(node)}";
    }
}
