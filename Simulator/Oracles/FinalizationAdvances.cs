using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>L1: in calm, finality advances if leaders fit to lead follow each other often enough.</summary>
/// <remarks>
/// Four consecutive fit leaders finalize the first one's block when no timeout cuts in: two certified blocks, and two
/// proposals to show it. Failed rounds lengthen the timeouts until that holds, and where delays are of the order of a
/// timeout success stays a matter of chance; so finality is owed only after as many such runs of leaders as the timeout
/// has steps, twice, and a few hundred more. Judged only where the longest timeout covers a whole view.
/// </remarks>
public sealed class FinalizationAdvances : Oracle
{
    private const ulong LeadersInARow = 4;
    private const int ChanceRuns = 200;

    private readonly Calm calm;
    private readonly bool isOwed;
    private readonly int patience;
    private View highest;
    private View finalized;
    private int chances;

    public FinalizationAdvances(Cast cast, Calm calm)
        : base("L1", cast)
    {
        this.calm = calm;
        var steps = new TimeoutController(cast.Spec.Pacemaker);
        patience = ChanceRuns + 2 * (int)(steps.MaxExponent + cast.Spec.Pacemaker.HappyPathMaxRoundFailures + 1);
        SimDuration network = calm.LongestDelay + calm.LongestDelay;
        isOwed = calm.IsLivenessOwed && cast.Spec.CruiseControl.MaxViewDuration + network + network
            < cast.Spec.Pacemaker.MaxTimeout;
    }

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.EnteredView), typeof(Notice.Finalized)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        if (!isOwed) return;
        if (!calm.IsLivenessOwed)
        {
            (highest, chances) = (entry.Notice is Notice.EnteredView entered ? entered.View : highest, 0);
            return;
        }

        if (entry.Notice is Notice.EnteredView { View: var view } && view > highest) Rise(entry, view);
        if (entry.Notice is Notice.Finalized { Block: var block } && block.View > finalized)
        {
            finalized = block.View;
            chances = 0;
        }
    }

    private void Rise(in TraceEvent entry, View view)
    {
        for (; highest < view; highest = highest.Next)
        {
            if (entry.At >= calm.OwedFrom && IsChance(highest, entry.At)) chances++;
        }

        if (chances > patience)
            throw Broken(entry, view, $"{chances} times four fit leaders followed each other in calm",
                $"nothing became final after view {finalized}");
    }

    /// <summary>Whether four fit leaders in a row end with this view.</summary>
    private bool IsChance(View last, SimTime at)
    {
        if (last.Value < Cast.Root.View.Value + LeadersInARow) return false;
        for (ulong back = 0; back < LeadersInARow; back++)
        {
            if (!calm.IsLedByFit(new View(last.Value - back), at)) return false;
        }

        return true;
    }
}
