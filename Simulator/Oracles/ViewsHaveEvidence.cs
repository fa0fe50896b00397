using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>S4: all that is sent shows that its view could be entered, and no honest node rejects an honest
/// one.</summary>
/// <remarks>
/// Evidence for view v is the QC of v − 1 and no TC, or the TC of v − 1 with an older QC that is not older than the
/// TC's newest. A node rejects what is of an epoch that it has not heard of; software that cannot tell a block's
/// protocol state rejects the block and ends. A vote carries none itself: it is for a block that the node has taken in.
/// </remarks>
public sealed class ViewsHaveEvidence(Cast cast, KnownBlocks blocks) : Oracle("S4", cast)
{
    private readonly bool[] isTooOld = new bool[cast.Nodes];
    private View finalized;

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.Published), typeof(Notice.Voted), typeof(Notice.TimedOut), typeof(Notice.Rejected),
        typeof(Notice.Finalized), typeof(Notice.UnsupportedVersion), typeof(Notice.Started),
    ];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Voted { Vote: var vote }:
                Judge(entry, vote);
                break;
            case Notice.Published { Proposal: var proposal }:
                Judge(entry, "proposes", proposal.Block.View, proposal.Block.Qc, proposal.LastViewTc);
                break;
            case Notice.TimedOut { Timeout: var timeout }:
                Judge(entry, "gives up", timeout.View, timeout.NewestQc, timeout.LastViewTc);
                break;
            case Notice.UnsupportedVersion:
                isTooOld[entry.Node.Index] = true;
                break;
            case Notice.Started:
                isTooOld[entry.Node.Index] = false;
                break;
            case Notice.Rejected rejected:
                if (!isTooOld[entry.Node.Index] && (uint)rejected.From.Index < (uint)Cast.Nodes
                    && Cast.IsHonest(rejected.From) && Cast.Knows(entry.Node, rejected.View))
                    throw Broken(entry, rejected.View, $"rejects a message: {rejected.Reason}",
                        $"{Cast.NameOf(rejected.From)}, who sent it, is honest");
                break;
            case Notice.Finalized { Block: var block }:
                finalized = View.Max(finalized, block.View);
                break;
        }
    }

    private void Judge(in TraceEvent entry, Message.Vote vote)
    {
        if (vote.View < finalized) return;
        if (blocks.Find(vote.BlockId) is not { } block || block.View != vote.View)
            throw Broken(entry, vote.View, $"votes for {vote.BlockId.Value:x16}",
                "nobody has such a block of this view");
    }

    private void Judge(
        in TraceEvent entry, string what, View view, QuorumCertificate qc, TimeoutCertificate? tc)
    {
        string? lack = view.Follows(qc.View) ? tc is null ? null : "brings a TC although its QC suffices"
            : tc is null ? "has neither the QC nor the TC of the view before"
            : !view.Follows(tc.View) ? $"brings the TC of view {tc.View}"
            : qc.View >= view ? "brings a QC that is not older than its view"
            : qc.View < tc.NewestQc.View ? $"brings a TC that knows the QC of view {tc.NewestQc.View}" : null;
        if (lack is not null) throw Broken(entry, view, $"{what} with the QC of view {qc.View}", $"it {lack}");
    }
}
