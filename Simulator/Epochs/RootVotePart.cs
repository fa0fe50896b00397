using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.ProtocolState;

namespace FlowSim.Epochs;

/// <summary>A collection node's vote for the root block of its next cluster (collection/epochmgr, qc_voter.go).
/// </summary>
/// <remarks>
/// Nothing is written: a node that starts in the setup phase looks whether it has voted. Fallback mode cancels nothing,
/// as flow-go's handler of it is never called; the next try finds the setup phase over.
/// </remarks>
public sealed class RootVotePart : IEpochPart
{
    private readonly NodeId self;
    private readonly RootVoteSpec spec;
    private readonly IContractReader contracts;
    private readonly Luck.Purpose draws;
    private readonly EngineAlarm alarm = new(TimerKind.Epoch);
    private Head head;
    private Submission? vote;

    /// <param name="start">What the node finds; its last finalized block has a protocol state.</param>
    /// <param name="spec">How it votes.</param>
    /// <param name="contracts">Reads the contracts.</param>
    public RootVotePart(EngineStart start, RootVoteSpec spec, IContractReader contracts)
    {
        (self, this.spec, this.contracts) = (start.Self, spec, contracts);
        head = Head.Of(start.Disk.Finalized);
        draws = start.Luck.For("root vote").About(start.Key).About(start.Disk.Finalized.Id.Value);
    }

    public object? Saved => null;

    public void Start(SimTime now, Effects into)
    {
        if (head.State.Epochs.Phase != EpochPhase.Setup) return;
        Begin();
        Advance(now, into);
    }

    public void Finalized(SimTime now, Block block, CommittedState before, Effects into)
    {
        head = Head.Of(block);
        if (ReferenceEquals(before, head.State)) return;
        foreach (EpochChange change in EpochChanges.Between(((KeyValueSnapshot)before).Epochs, head.State.Epochs))
        {
            if (change == EpochChange.SetupPhaseStarted) Begin();
        }

        Advance(now, into);
    }

    public void Receive(SimTime now, NodeId from, Message message, Effects into)
    {
        if (vote is null || message is not Message.Pipeline.ContractAnswer answer) return;
        vote.Take(now, answer);
        Advance(now, into);
    }

    public void OnTimer(SimTime now, Effects into)
    {
        alarm.Fired();
        Advance(now, into);
    }

    private static bool IsIn(IReadOnlyList<IReadOnlyList<NodeId>> clusters, NodeId node)
    {
        foreach (IReadOnlyList<NodeId> cluster in clusters)
        {
            foreach (NodeId member in cluster)
            {
                if (member == node) return true;
            }
        }

        return false;
    }

    private void Begin()
    {
        ServiceEvent.EpochSetup next = head.State.Epochs.Next!.Setup;
        if (!IsIn(next.Clusters, self)) return;
        ulong epoch = next.Counter;
        vote = new Submission(new ContractCall.ClusterVote(epoch, self), spec.Voting, looksFirst: true,
            seen => contracts.HasVoted(seen, epoch, self), draws);
    }

    private void Advance(SimTime now, Effects into)
    {
        if (vote is null) return;
        vote.Advance(now, head, isWanted: head.State.Epochs.Phase == EpochPhase.Setup, into);
        if (vote.IsOver) vote = null;
        alarm.Within(vote?.Deadline ?? SimTime.Never, into);
    }
}
