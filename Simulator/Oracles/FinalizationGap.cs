using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>L4: in calm, finality stays within the safety threshold of the highest view.</summary>
/// <remarks>
/// The protocol's axiom for epochs (flow-go FinalizationSafetyThreshold, 1000 views). Counted from when
/// the fit are a quorum, and owed while they lead most views: with fewer, a gap is long by chance alone.
/// </remarks>
public sealed class FinalizationGap(Cast cast, Calm calm) : Oracle("L4", cast)
{
    /// <summary>The protocol parameter's value on mainnet.</summary>
    public const ulong SafetyThreshold = 1000;

    private View reference = cast.Root.View;
    private View highest = cast.Root.View;

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.EnteredView), typeof(Notice.Finalized)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Finalized { Block: var block }:
                reference = View.Max(reference, block.View);
                break;
            case Notice.EnteredView { View: var view } when view > highest:
                highest = view;
                if (entry.At < calm.OwedFrom) reference = view;
                else if (view.Value - reference.Value > SafetyThreshold)
                    throw Broken(entry, view, $"nothing became final since view {reference}",
                        $"the gap may be {SafetyThreshold} views");
                break;
        }
    }
}
