using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Analysis.Timeline;

/// <summary>How far a step that every member takes in a view has spread.</summary>
/// <remarks>Views long past are forgotten; what still happens in them is not told.</remarks>
public sealed class Milestones(Cast cast)
{
    private const ulong Remembered = 200;

    private readonly Dictionary<(System.Type Step, ulong View), Tally> tallies = [];
    private readonly List<System.Type> steps = [];
    private ulong highest;
    private ulong forgotten;

    /// <summary>Counts a member's step once; says what is reached by it, null if nothing is.</summary>
    public string? Count(Notice step, View view, int member)
    {
        Committee committee = cast.CommitteeAt(view);
        if (view.Value < forgotten || committee.IndexOf(new NodeId(member)) < 0) return null;
        Advance(view.Value);
        if (!steps.Contains(step.GetType())) steps.Add(step.GetType());
        (System.Type, ulong) key = (step.GetType(), view.Value);
        if (!tallies.TryGetValue(key, out Tally? tally)) tallies.Add(key, tally = new Tally(cast.Population));
        if (!tally.Members.Add(member)) return null;
        tally.Count++;
        ulong before = tally.Weight;
        tally.Weight += committee.WeightOf(committee.IndexOf(new NodeId(member)));
        if (tally.Count == committee.Size) return tally.Count == 1 ? "first" : "all";
        if (before < committee.WeightToCertify && tally.Weight >= committee.WeightToCertify)
            return Reached(tally, committee, "more than two thirds");
        if (before < committee.WeightToTimeout && tally.Weight >= committee.WeightToTimeout)
            return Reached(tally, committee, "more than a third");
        return tally.Count == 1 ? "first" : null;
    }

    private static string Reached(Tally tally, Committee committee, string share) =>
        System.FormattableString.Invariant($"{tally.Count} of {committee.Size}, {share} of the weight");

    private void Advance(ulong view)
    {
        if (view <= highest) return;
        highest = view;
        for (; forgotten + Remembered < highest; forgotten++)
        {
            foreach (System.Type step in steps) tallies.Remove((step, forgotten));
        }
    }

    private sealed class Tally(int population)
    {
        public SignerSet Members { get; } = new(population);

        public int Count { get; set; }

        public ulong Weight { get; set; }
    }
}
