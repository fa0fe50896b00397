using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Analysis.Timeline;

/// <summary>Collects the facts of one view while a run goes by.</summary>
public sealed class ViewObserver(Cast cast, View view) : INetworkProbe
{
    private readonly ulong[] gaveUpWeight = new ulong[cast.Population];
    private readonly SignerSet[] gaveUp = System.Array.ConvertAll(
        new int[cast.Population], _ => new SignerSet(cast.Population));

    public ViewFacts Facts { get; } = new(cast, view);

    public void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        if (!cast.IsParticipant(node)) return;
        NodeFacts facts = Facts[node];
        switch (entry.Notice)
        {
            case Notice.EnteredView entered:
                Entered(facts, entered, entry.At);
                break;
            case Notice.Started:
                facts.Started(entry.At);
                break;
            case Notice.Stopped:
                facts.Stopped(entry.At);
                break;
            case Notice.Finalized finalized:
                Finalized(facts, finalized.Block, entry.At);
                break;
            case Notice.Incorporated incorporated:
                Incorporated(facts, incorporated.Block, entry.At);
                break;
            default:
                if (NoticeText.ViewOf(entry.Notice) == view) InView(node, facts, entry);
                break;
        }
    }

    public void On(in Passage passage)
    {
        switch (passage.Message)
        {
            case Message.Proposal proposal when proposal.Block.View == view && passage.From == Facts.Leader:
                Follow(Facts[passage.To].Proposal, passage);
                break;
            case Message.Vote vote when vote.View == view && passage.To == Facts.NextLeader:
                Follow(Facts[passage.From].Vote, passage);
                break;
            case Message.Timeout timeout when timeout.View == view && passage.Stage == PassageStage.Taken:
                Heard(passage.To, timeout.Signer.Index, passage.At);
                break;
        }
    }

    public void End(SimTime at) => Facts.RunEnd = at;

    private void Entered(NodeFacts facts, Notice.EnteredView entered, SimTime at)
    {
        Facts.Highest = View.Max(Facts.Highest, entered.View);
        if (entered.View == view && facts.Entered is null)
        {
            facts.Entered = at;
            facts.EnteredByTc = entered.ByTc;
        }

        if (entered.View <= view || facts.Left is not null) return;
        facts.Left = at;
        facts.LeftByTc = entered.ByTc;
    }

    private void Finalized(NodeFacts facts, Block block, SimTime at)
    {
        if (block.View == view) facts.Finalized ??= at;
        else if (block.View > view && facts.Finalized is null && Facts.First(node => node.Finalized) is null)
            Facts.FinalInstead ??= block;
    }

    private void Incorporated(NodeFacts facts, Block block, SimTime at)
    {
        if (block.View == view) facts.Incorporated ??= at;
        if (block.View > view && block.Qc.View == view) Facts.Child ??= (at, block);
    }

    private void InView(int node, NodeFacts facts, in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Built built:
                Facts.Built ??= (entry.At, built.Block, built.Target);
                break;
            case Notice.Published published:
                Facts.Published ??= (entry.At, published.Ready);
                break;
            case Notice.DoubleProposal:
                Facts.HasTwoBlocks = true;
                break;
            case Notice.Voted:
                facts.Voted ??= entry.At;
                break;
            case Notice.TimedOut timedOut when facts.GaveUp is null:
                facts.GaveUp = entry.At;
                facts.KnewWhenGivingUp = timedOut.Timeout.NewestQc.View;
                break;
            case Notice.QcAssembled assembled:
                Facts.Qc ??= (entry.At, node, assembled.Qc.Signers.Count);
                break;
            case Notice.TcAssembled:
                facts.Tc ??= entry.At;
                break;
        }
    }

    private void Heard(int node, int signer, SimTime at)
    {
        if (!gaveUp[node].Add(signer)) return;
        gaveUpWeight[node] += cast.WeightOf(signer, view);
        if (gaveUpWeight[node] >= Facts.Committee.WeightToTimeout) Facts[node].PartialTc ??= at;
    }

    private static void Follow(Way way, in Passage passage)
    {
        switch (passage.Stage)
        {
            case PassageStage.Sent:
                way.Sent ??= passage.At;
                way.Arrival ??= passage.Arrival;
                break;
            case PassageStage.Lost or PassageStage.Dropped:
                way.IsLost = true;
                break;
            case PassageStage.Taken or PassageStage.Ignored:
                way.Taken ??= passage.At;
                break;
        }
    }
}
