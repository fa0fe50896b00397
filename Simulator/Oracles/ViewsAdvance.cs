using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>L5: in calm, views go on: if not by QC then by TC, since a quorum gives up and says so.</summary>
/// <remarks>
/// With less than a quorum of fit nodes nothing is owed: then flow-go too stalls in one view and repeats itself.
/// </remarks>
public sealed class ViewsAdvance(Cast cast, Calm calm) : Oracle("L5", cast)
{
    private View highest = cast.Root.View;
    private SimTime rose;

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.EnteredView), typeof(Notice.TimedOut)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        Judge(entry.At);
        if (entry.Notice is not Notice.EnteredView { View: var view } || view <= highest) return;
        highest = view;
        rose = entry.At;
    }

    public override void End(SimTime at) => Judge(at);

    private void Judge(SimTime at)
    {
        if (!calm.IsLivenessOwed) return;
        SimTime since = SimTime.Max(rose, calm.OwedFrom);
        if (at > since + calm.LongestView)
            throw Broken(at, "nobody", highest, "a higher one was entered",
                FormattableString.Invariant($"a quorum is fit and it is calm since {since.TotalSeconds:F9} s"));
    }
}
