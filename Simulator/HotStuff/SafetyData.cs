using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>What a replica must never forget, or it might contradict itself after a restart.</summary>
/// <param name="LockedOneChainView">The largest view of a QC it has voted on top of.</param>
/// <param name="HighestAcknowledgedView">The largest view in which it voted, proposed or timed out.</param>
/// <param name="LastTimeout">Its last timeout object.</param>
public sealed record SafetyData(
    View LockedOneChainView, View HighestAcknowledgedView, Message.Timeout? LastTimeout);

/// <summary>The committee's answers about one view and block, as far as the safety rules ask.</summary>
/// <param name="Self">The replica.</param>
/// <param name="Leader">The view's leader; null when the view belongs to no known epoch.</param>
/// <param name="ProposerEjected">Whether the proposer is ejected as of the block.</param>
/// <param name="SelfAuthorizedAtBlock">Whether the replica is an active member as of the block.</param>
/// <param name="SelfAuthorizedInEpoch">Whether the replica is a member in the view's epoch.</param>
public readonly record struct SafetyContext(
    NodeId Self, NodeId? Leader, bool ProposerEjected, bool SelfAuthorizedAtBlock,
    bool SelfAuthorizedInEpoch);

/// <summary>Whether the replica may vote, and if not, why.</summary>
public readonly record struct VoteDecision(bool Granted, string? Reason);

/// <summary>The timeout object the replica may send, or why it may not.</summary>
public readonly record struct TimeoutDecision(Message.Timeout? Timeout, string? Reason);
