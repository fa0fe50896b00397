using System.Collections.Generic;
using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>A consensus participant: all control flow of HotStuff/Jolteon as flow-go runs it.</summary>
/// <remarks>
/// Follows eventhandler/event_handler.go and engine/consensus/{message_hub,compliance}. The event loop takes no time
/// here and handles inputs in the order in which they arise; what checks and building take is the world's to add.
/// </remarks>
public sealed class Replica : ICore
{
    private readonly NodeId self;
    private readonly KnownEpochs epochs;
    private readonly Forks forks;
    private readonly Pacemaker pacemaker;
    private readonly SafetyRules safety;
    private readonly Steering steering;
    private readonly VoteAggregator votes;
    private readonly TimeoutAggregator timeouts;
    private readonly Validator validator;
    private readonly Compliance compliance;
    private readonly UnfinalizedProposals unfinalized = new();
    private readonly List<ForksEvent> forksEvents = [];
    private readonly BlockSync? sync;
    private readonly IChainListener? listener;
    private readonly IPayloads? payloads;
    private readonly ReplicaStart start;

    public Replica(ReplicaStart start)
    {
        self = start.Self;
        epochs = start.Epochs;
        this.start = start;
        forks = new Forks(start.Disk.Finalized, start.Constants);
        pacemaker = new Pacemaker(start.Pacemaker, start.Disk.Recovered(start.Pacemaker));
        safety = new SafetyRules(start.Disk.Safety, start.Constants);
        steering = new Steering(start.CruiseControl, pacemaker.CurrentView, epochs);
        votes = new VoteAggregator(epochs);
        votes.PruneUpTo(start.Disk.Finalized.View);
        validator = new Validator(epochs);
        timeouts = new TimeoutAggregator(epochs);
        timeouts.PruneBelow(pacemaker.CurrentView);
        (listener, payloads) = (start.Listener, start.Payloads);
        if (start.Sync is not null) sync = new BlockSync(start.Sync, unfinalized.Find);
        compliance = new Compliance(forks, validator, sync, payloads, OnValidProposal);
        start.Disk.Load(forks, votes, unfinalized);
    }

    public Disk Disk => new(forks.FinalizedBlock, unfinalized.ToList(), safety.Data, pacemaker.Liveness);

    public void Step(SimTime now, in Input input, Effects into)
    {
        switch (input.Kind)
        {
            case InputKind.Started:
                into.SetTimer(now + pacemaker.Timeouts.Timeout);
                sync?.Start(now, into);
                ProposeIfPrimary(now, into);
                break;
            case InputKind.SyncTimerFired:
                sync?.OnTimer(now, into);
                break;
            case InputKind.TimerFired:
                OnLocalTimeout(now, into);
                break;
            case InputKind.PublicationDue:
                OnPublicationDue((Publication)input.Payload!, into);
                break;
            case InputKind.Received:
                OnMessage(now, input.From, (Message)input.Payload!, into);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <remarks>
    /// flow-go looks before it checks: aggregators at the lowest view they retain, the collector at its signers, the
    /// compliance core at its blocks (timeoutaggregator, timeoutcollector, voteaggregator, compliance/core.go).
    /// </remarks>
    public Worth WorthOf(Message message) => message switch
    {
        Message.Timeout timeout => timeout.View < pacemaker.CurrentView ? Worth.NothingEver
            : timeouts.Holds(timeout) ? Worth.Nothing : Worth.Reading,
        Message.Vote vote when vote.View <= forks.FinalizedView => Worth.NothingEver,
        Message.Proposal { Block: var block } when compliance.IsPassed(block) => Worth.NothingEver,
        _ => Worth.Reading,
    };

    private void OnMessage(SimTime now, NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.Proposal proposal:
                compliance.Take(now, from, proposal, into);
                break;
            case Message.Vote vote:
                OnQc(now, votes.AddVote(vote, into), into);
                break;
            case Message.Timeout timeout:
                OnTimeoutObject(now, from, timeout, into);
                break;
            case Message.SyncRequest or Message.SyncResponse or Message.RangeRequest or Message.BatchRequest
                or Message.BlockResponse:
                sync?.On(from, message, into);
                break;
            case Message.OfCluster or Message.Pipeline:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void OnValidProposal(SimTime now, Message.Proposal proposal, Effects into)
    {
        Incorporate(now, proposal, into);
        OnQc(now, votes.AddBlock(proposal.Block, into), into);
    }

    private void Incorporate(SimTime now, Message.Proposal proposal, Effects into)
    {
        Block block = proposal.Block;
        forks.AddValidated(block, forksEvents);
        unfinalized.Add(proposal);
        ReportForks(now, into);
        EnterBy(now, pacemaker.ProcessQc(block.Qc), into);
        EnterBy(now, pacemaker.ProcessTc(proposal.LastViewTc), into);
        if (block.View == pacemaker.CurrentView) VoteFor(proposal, into);
        else ProposeIfPrimary(now, into);
    }

    private void ReportForks(SimTime now, Effects into)
    {
        foreach ((ForksChange change, Block block, Block? earlier) in forksEvents)
        {
            switch (change)
            {
                case ForksChange.Incorporated:
                    into.Report(into.Common.Incorporated(block));
                    steering.Observe(block, now, into);
                    listener?.Incorporated(now, block, into);
                    break;
                case ForksChange.Finalized:
                    if (unfinalized.Find(block.Id) is { } proposal) sync?.Finalize(proposal);
                    into.Report(into.Common.Finalized(block));
                    listener?.Finalized(now, block, into);
                    break;
                case ForksChange.DoubleProposal:
                    into.Report(new Notice.DoubleProposal(block, earlier!));
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        forksEvents.Clear();
        votes.PruneUpTo(forks.FinalizedView);
        compliance.PruneUpTo(forks.FinalizedView);
        unfinalized.PruneUpTo(forks.FinalizedView);
        steering.FollowEpochs();
    }

    /// <remarks>
    /// Who gets the votes is asked first. When no epoch after this one is committed, nobody is known to, and flow-go's
    /// node stops; here it goes on without a vote.
    /// </remarks>
    private void VoteFor(Message.Proposal proposal, Effects into)
    {
        View view = proposal.Block.View;
        if (epochs.Leader(view.Next) is not { } nextLeader)
        {
            if (epochs.IsComplete) throw new InvariantViolation($"no leader is known for view {view.Next}");
            into.Report(new Notice.NoLeaderKnown(view.Next));
            return;
        }

        if (!safety.ProduceVote(proposal, view, ContextAt(proposal.Block)).Granted) return;
        var vote = new Message.Vote(view, proposal.Block.Id, self, HasBeaconKey(view));
        into.Report(new Notice.Voted(vote));
        into.Send(nextLeader, vote);
    }

    private void OnQc(SimTime now, QuorumCertificate? qc, Effects into)
    {
        if (qc is null) return;
        into.Report(new Notice.QcAssembled(qc));
        EnterAndPropose(now, pacemaker.ProcessQc(qc), into);
    }

    private void EnterAndPropose(SimTime now, ViewChange? change, Effects into)
    {
        if (EnterBy(now, change, into)) ProposeIfPrimary(now, into);
    }

    /// <summary>Counts a timeout object; the certificates inside may be news to a node that fell behind.</summary>
    private void OnTimeoutObject(SimTime now, NodeId from, Message.Timeout timeout, Effects into)
    {
        if (timeout.View < pacemaker.CurrentView) return;
        if (validator.Check(timeout) is { } reason)
        {
            into.Report(new Notice.Rejected(from, timeout.View, reason));
            return;
        }

        timeouts.Add(timeout, into, out PartialTc? partial, out TimeoutCertificate? tc);
        EnterAndPropose(now, pacemaker.ProcessQc(timeout.NewestQc), into);
        EnterAndPropose(now, pacemaker.ProcessTc(timeout.LastViewTc), into);
        if (partial is not null) OnPartialTc(now, partial, into);
        if (tc is null) return;
        into.Report(new Notice.TcAssembled(tc));
        EnterAndPropose(now, pacemaker.ProcessTc(tc), into);
    }

    private void OnPartialTc(SimTime now, PartialTc partial, Effects into)
    {
        into.Report(new Notice.PartialTcAssembled(partial.View, partial.NewestQc));
        EnterBy(now, pacemaker.ProcessQc(partial.NewestQc), into);
        EnterBy(now, pacemaker.ProcessTc(partial.LastViewTc), into);
        if (partial.View == pacemaker.CurrentView) BroadcastTimeout(into);
    }

    private void OnLocalTimeout(SimTime now, Effects into)
    {
        BroadcastTimeout(into);
        into.SetTimer(now + pacemaker.Timeouts.RebroadcastInterval);
    }

    private void BroadcastTimeout(Effects into)
    {
        View view = pacemaker.CurrentView;
        TimeoutDecision decision = safety.ProduceTimeout(view, pacemaker.NewestQc, EvidenceTc, ContextAt(view));
        if (decision.Timeout is not { } timeout) return;
        into.Report(new Notice.TimedOut(timeout));
        into.BroadcastToConsensus(timeout);
    }

    /// <summary>Proposes if this node leads the view and holds the parent; safety rules allow it once.</summary>
    private void ProposeIfPrimary(SimTime now, Effects into)
    {
        View view = pacemaker.CurrentView;
        if (epochs.Leader(view) != self) return;
        QuorumCertificate qc = pacemaker.NewestQc;
        if (forks.Find(qc.BlockId) is not { } parent) return;

        Payload? payload = payloads?.Build(view, parent, into);
        if (payload is null && payloads is not null) return;
        Block block = Block.On(view, parent, qc, self, 0, payload, start.Keys?.Holds(view) != false);
        var proposal = new Message.Proposal(block, EvidenceTc);
        if (!safety.SignOwnProposal(proposal, ContextAt(view)).Granted) return;
        SimTime target = steering.TargetPublicationTime(view, now, parent);
        into.Report(new Notice.Built(proposal.Block, target));
        steering.ObserveBuilt(proposal.Block, now, into);
        into.Publish(proposal, target);
    }

    /// <summary>The pending publication is not cancelled when the view has moved on (message_hub.go).</summary>
    private static void OnPublicationDue(Publication due, Effects into)
    {
        into.Report(new Notice.Published(due.Proposal, due.Ready));
        into.BroadcastToAll(due.Proposal);
    }

    private bool EnterBy(SimTime now, ViewChange? change, Effects into)
    {
        if (change is not { } entered) return false;
        into.Report(into.Common.Entered(entered));
        into.SetTimer(now + entered.Timeout);
        timeouts.PruneBelow(entered.To);
        return true;
    }

    /// <summary>Whether the node can sign a block of a view with a share of the random beacon.</summary>
    private bool HasBeaconKey(View view) => epochs.At(view) is { } committee
        && committee.IndexOf(self) is var member and >= 0 && committee.HasBeaconKey(member)
        && start.Keys?.Holds(view) != false;

    /// <summary>The TC that shows why the view could be entered; superfluous when a QC shows it.</summary>
    private TimeoutCertificate? EvidenceTc =>
        pacemaker.CurrentView.Follows(pacemaker.NewestQc.View) ? null : pacemaker.LastViewTc;

    private SafetyContext ContextAt(View view)
    {
        bool isMember = epochs.At(view) is { } committee && committee.IndexOf(self) >= 0;
        return new SafetyContext(self, epochs.Leader(view), false, isMember, isMember);
    }

    /// <summary>Membership is the epoch's; ejection is asked for as of the block itself.</summary>
    private SafetyContext ContextAt(Block block)
    {
        SafetyContext context = ContextAt(block.View);
        return start.Standings is not { } standings ? context : context with
        {
            ProposerEjected = standings.IsEjected(block.Proposer, block),
            SelfAuthorizedAtBlock = context.SelfAuthorizedAtBlock && !standings.IsEjected(self, block),
        };
    }
}
