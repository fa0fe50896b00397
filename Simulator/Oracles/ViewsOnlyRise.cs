using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>S6: a node's view only rises, above its finalized view; it acts in it, and never below its lock.</summary>
/// <remarks>
/// A node that fell behind finalizes, in one step, just before the same block's QC lifts its view; so the comparison
/// with finality is made when it enters a view or acts, not when it finalizes. The lock is the newest QC under a block
/// for which it voted or which it proposed. Held over restarts.
/// </remarks>
public sealed class ViewsOnlyRise : Oracle
{
    private readonly KnownBlocks blocks;
    private readonly View[] current;
    private readonly View[] locked;
    private readonly View[] finalized;

    public ViewsOnlyRise(Cast cast, KnownBlocks blocks)
        : base("S6", cast)
    {
        this.blocks = blocks;
        current = new View[cast.Nodes];
        Array.Fill(current, cast.Root.View.Next);
        locked = new View[cast.Nodes];
        finalized = new View[cast.Nodes];
    }

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.EnteredView), typeof(Notice.Voted), typeof(Notice.Built), typeof(Notice.TimedOut),
        typeof(Notice.Finalized), typeof(Notice.Bootstrapped),
    ];

    public override void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.EnteredView entered:
                Enter(entry, entered);
                break;
            case Notice.Bootstrapped { Head: var head }:
                current[node] = head.View.Next;
                finalized[node] = head.View;
                break;
            case Notice.Finalized { Block: var block }:
                finalized[node] = View.Max(finalized[node], block.View);
                break;
            case Notice.Voted { Vote: var vote }:
                Act(entry, vote.View, "votes");
                if (blocks.Find(vote.BlockId) is { } chosen) locked[node] = View.Max(locked[node], chosen.Qc.View);
                break;
            case Notice.Built { Block: var block }:
                Act(entry, block.View, "proposes");
                locked[node] = View.Max(locked[node], block.Qc.View);
                break;
            case Notice.TimedOut { Timeout: var timeout }:
                Act(entry, timeout.View, "gives up");
                if (timeout.NewestQc.View < locked[node])
                    throw Broken(entry, timeout.View, $"gives up with the QC of view {timeout.NewestQc.View}",
                        $"it is locked on view {locked[node]}");
                break;
        }
    }

    private void Enter(in TraceEvent entry, Notice.EnteredView entered)
    {
        ref View view = ref current[entry.Node.Index];
        if (entered.View <= entered.From || entered.From != view)
            throw Broken(entry, entered.View, $"enters it from view {entered.From}", $"it is in view {view}");
        view = entered.View;
        EnsureAboveFinalized(entry, view);
    }

    private void Act(in TraceEvent entry, View view, string what)
    {
        if (view != current[entry.Node.Index])
            throw Broken(entry, view, what, $"it is in view {current[entry.Node.Index]}");
        EnsureAboveFinalized(entry, view);
    }

    private void EnsureAboveFinalized(in TraceEvent entry, View view)
    {
        if (view <= finalized[entry.Node.Index])
            throw Broken(entry, view, "is in it", $"it has finalized view {finalized[entry.Node.Index]}");
    }
}
