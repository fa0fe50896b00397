using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>D2: epochs follow each other without gap or overlap, and no block lies outside them.</summary>
/// <remarks>
/// Where epochs come from the chain, a block lies within its own state's epoch too.
/// A view may be entered beyond the last epoch: the last block's QC does that. Nobody can lead it.
/// </remarks>
public sealed class BlocksWithinEpochs(Cast cast) : Oracle("D2", cast)
{
    private readonly View first = cast.Spec.Epochs[0].FirstView;
    private bool isChecked;

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Started), typeof(Notice.Built), typeof(Notice.Incorporated)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Built { Block: var block }:
                Judge(entry, block);
                break;
            case Notice.Incorporated { Block: var block }:
                Judge(entry, block);
                break;
            default:
                if (!isChecked) JudgeEpochs(entry);
                break;
        }
    }

    private void Judge(in TraceEvent entry, Block block)
    {
        View view = block.View;
        View final = Cast.Epochs.Newest.Timing.FinalView;
        if (view < first || view > final)
            throw Broken(entry, view, "there is a block", $"the epochs are views {first} to {final}");
        if (block.State is KeyValueSnapshot { Epochs.Current: var own }) JudgeOwn(entry, view, own);
    }

    private void JudgeOwn(in TraceEvent entry, View view, EpochEntry own)
    {
        if (view < own.FirstView || view > own.FinalView)
            throw Broken(entry, view, "there is a block",
                $"the epoch of its own state is views {own.FirstView} to {own.FinalView}");
    }

    private void JudgeEpochs(in TraceEvent entry)
    {
        isChecked = true;
        EpochTiming[] epochs = [.. Cast.Epochs.All.Select(epoch => epoch.Timing)];
        for (int i = 0; i < epochs.Length; i++)
        {
            if (epochs[i].FinalView < epochs[i].FirstView
                || (i > 0 && !epochs[i].FirstView.Follows(epochs[i - 1].FinalView)))
                throw Broken(entry, epochs[i].FirstView, "an epoch begins",
                    $"it ends at {epochs[i].FinalView}, and the one before at {epochs[int.Max(i, 1) - 1].FinalView}");
        }
    }
}
