using System;
using System.Globalization;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>The replica was asked for something that its own trusted inputs rule out; flow-go's node
/// stops.</summary>
public sealed class SafetyException(string message) : Exception(message);

/// <summary>Decides what a replica may sign, so that it never contradicts itself.</summary>
/// <remarks>
/// flow-go safetyrules/safety_rules.go. Voting does not look at the lock: the rule about the TC's newest QC
/// does its work, as in Jolteon. Only timing out compares with the lock.
/// </remarks>
public sealed class SafetyRules(SafetyData data, SafetyConstants constants)
{
    private const string AlreadyActed = "already voted or timed out in this view";
    private const string ProposerEjected = "the proposer is ejected";
    private const string NotAuthorizedAtBlock = "not an active member as of the block";
    private const string NotAuthorizedInEpoch = "not a member in this epoch";

    private View locked = data.LockedOneChainView;
    private View acknowledged = data.HighestAcknowledgedView;
    private Message.Timeout? lastTimeout = data.LastTimeout;
    private SafetyData? onDisk = data;

    /// <summary>What is on disk; another object exactly when flow-go has written since.</summary>
    /// <remarks>Every vote is written and few writes are ever read, so the object is made for the reader.</remarks>
    public SafetyData Data => onDisk ??= new SafetyData(locked, acknowledged, lastTimeout);

    /// <summary>May the replica vote for a block that is proposed for its current view?</summary>
    /// <exception cref="SafetyException">The proposal is not one the replica should ever be asked
    /// about.</exception>
    public VoteDecision ProduceVote(Message.Proposal proposal, View currentView, in SafetyContext context)
    {
        Block block = proposal.Block;
        if (block.View != currentView)
            throw Violation("a proposal for another than the current view", block.View);
        EvidenceFault fault = ViewEvidence.Check(block.View, block.Qc, proposal.LastViewTc, constants);
        if (fault != EvidenceFault.None) throw Violation(fault, block.View);

        if (block.View == acknowledged) return new VoteDecision(false, AlreadyActed);
        if (block.View < acknowledged)
            throw Violation("a proposal for a past view", block.View);
        if (context.Leader is not { } leader) throw Violation("a proposal for an unknown epoch", block.View);
        if (block.Proposer != leader) throw Violation("the proposer does not lead the view", block.View);
        if (block.Proposer != context.Self)
        {
            if (context.ProposerEjected) return new VoteDecision(false, ProposerEjected);
            if (!context.SelfAuthorizedAtBlock) return new VoteDecision(false, NotAuthorizedAtBlock);
        }

        Write(View.Max(locked, block.Qc.View), block.View, lastTimeout);
        return new VoteDecision(true, null);
    }

    /// <summary>May the replica sign its own proposal? The signature is its vote.</summary>
    /// <exception cref="SafetyException">The proposal is someone else's, or not one to be asked
    /// about.</exception>
    public VoteDecision SignOwnProposal(Message.Proposal proposal, in SafetyContext context)
    {
        if (proposal.Block.Proposer != context.Self)
            throw Violation("a proposal by someone else", proposal.Block.View);
        return ProduceVote(proposal, proposal.Block.View, context);
    }

    /// <summary>May the replica give up on its view? Asked again in one view, it repeats itself.</summary>
    /// <exception cref="SafetyException">The replica's own certificates do not justify its view.</exception>
    public TimeoutDecision ProduceTimeout(
        View currentView, QuorumCertificate? newestQc, TimeoutCertificate? lastViewTc,
        in SafetyContext context)
    {
        if (lastTimeout is { } last && last.View == currentView)
            return Sign(new Message.Timeout(last.View, last.NewestQc, last.LastViewTc, last.Signer,
                last.Tick + 1));

        EvidenceFault fault = ViewEvidence.Check(currentView, newestQc, lastViewTc, constants);
        if (newestQc is null || fault != EvidenceFault.None) throw Violation(fault, currentView);
        if (newestQc.View < locked)
            throw Violation("the newest QC is below the lock", currentView);
        if (currentView < acknowledged)
            throw Violation("a timeout for a past view", currentView);
        if (!context.SelfAuthorizedInEpoch) return new TimeoutDecision(null, NotAuthorizedInEpoch);
        return Sign(new Message.Timeout(currentView, newestQc, lastViewTc, context.Self, 0));
    }

    private TimeoutDecision Sign(Message.Timeout timeout)
    {
        Write(locked, timeout.View, timeout);
        return new TimeoutDecision(timeout, null);
    }

    private void Write(View lockedView, View acknowledgedView, Message.Timeout? timeout)
    {
        locked = lockedView;
        acknowledged = acknowledgedView;
        lastTimeout = timeout;
        onDisk = null;
    }

    private static SafetyException Violation(EvidenceFault fault, View view) =>
        Violation(fault switch
        {
            EvidenceFault.MissingQc => "no QC justifies the view",
            EvidenceFault.QcNotBelowView => "the QC is not below the view",
            EvidenceFault.SuperfluousTc => "a TC besides the previous view's QC",
            EvidenceFault.MissingTc => "the previous view has neither QC nor TC",
            EvidenceFault.TcForOtherView => "neither QC nor TC is for the previous view",
            _ => "the TC knows a newer QC",
        }, view);

    private static SafetyException Violation(string what, View view) =>
        new(string.Create(CultureInfo.InvariantCulture, $"view {view.Value}: {what}"));
}
