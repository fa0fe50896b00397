using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>What is said of giving up on a view.</summary>
public static class TimeoutText
{
    /// <summary>The sentences; none if everybody stayed patient.</summary>
    public static IEnumerable<string> Of(ViewFacts facts, SimTime start)
    {
        IReadOnlyList<(int Node, SimTime At)> gaveUp = facts.InOrder(node => node.GaveUp);
        if (gaveUp.Count == 0) yield break;
        yield return FormattableString.Invariant(
            $"{gaveUp.Count} of {facts.Committee.Size} members give up on it: ")
            + $"{facts.Cast.Name(gaveUp[0].Node)} is {Explanation.Spread(facts, node => node.GaveUp, start, true)}.";
        int[] silent = [.. facts.Members.Where(node => facts[node].GaveUp is null)];
        bool isAbandoned = facts.Reached(node => node.GaveUp, facts.Committee.WeightToTimeout) is not null;
        if (isAbandoned && silent.Length > 0) yield return $"Not heard to give up: {facts.Cast.Names(silent)}.";
        if (facts.First(node => node.PartialTc) is { } partial)
            yield return $"More than a third (partial TC) is known first to {facts.Cast.Name(partial.Node)}, "
                + $"at {TimeText.Since(start, partial.At)}.";
        if (facts.First(node => node.Tc) is { } tc)
            yield return $"{facts.Cast.Name(tc.Node)} has the first TC, at {TimeText.Since(start, tc.At)}; "
                + $"of all that assemble one, {Explanation.Spread(facts, node => node.Tc, start)}.";
    }
}
