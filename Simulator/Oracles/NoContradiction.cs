using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>S3: a node acknowledges ever higher views: one vote or proposal each, none after giving up.</summary>
/// <remarks>
/// Held over restarts. A node may give up on the view in which it voted. Whoever gives up repeatedly on one view
/// repeats one timeout object, its tick counting up (flow-go safetyrules/safety_rules.go).
/// </remarks>
public sealed class NoContradiction(Cast cast) : Oracle("S3", cast)
{
    private readonly View[] acknowledged = new View[cast.Nodes];
    private readonly Message.Timeout?[] timeouts = new Message.Timeout?[cast.Nodes];

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Voted), typeof(Notice.Built), typeof(Notice.TimedOut)];

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Voted { Vote: var vote }:
                Acknowledge(entry, vote.View, "votes");
                break;
            case Notice.Built { Block: var block }:
                Acknowledge(entry, block.View, "proposes");
                break;
            case Notice.TimedOut { Timeout: var timeout }:
                GiveUp(entry, timeout);
                break;
        }
    }

    private void Acknowledge(in TraceEvent entry, View view, string what)
    {
        ref View highest = ref acknowledged[entry.Node.Index];
        if (view <= highest)
            throw Broken(entry, view, what, timeouts[entry.Node.Index]?.View == highest
                ? $"it gave up on view {highest}" : $"it voted or proposed in view {highest}");
        highest = view;
    }

    private void GiveUp(in TraceEvent entry, Message.Timeout timeout)
    {
        ref View highest = ref acknowledged[entry.Node.Index];
        if (timeout.View < highest)
            throw Broken(entry, timeout.View, "gives up", $"it acknowledged view {highest}");
        highest = timeout.View;
        ref Message.Timeout? last = ref timeouts[entry.Node.Index];
        bool isAgain = last?.View == timeout.View;
        if (isAgain && (last!.NewestQc.Key != timeout.NewestQc.Key || last.LastViewTc?.Key != timeout.LastViewTc?.Key))
            throw Broken(entry, timeout.View, $"gives up with the QC of view {timeout.NewestQc.View}",
                $"it gave up with the QC of view {last.NewestQc.View} before");
        ulong due = isAgain ? last!.Tick + 1 : 0;
        if (timeout.Tick != due)
            throw Broken(entry, timeout.View, $"gives up with tick {timeout.Tick}", $"tick {due} is due");
        last = timeout;
    }
}
