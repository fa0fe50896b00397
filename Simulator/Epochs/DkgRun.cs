using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>One key generation in progress at a node; it lives in memory only (module/dkg/controller.go).</summary>
/// <remarks>Looks at the whiteboard and ends of phases wait for each other, in the order in which they became due; so
/// do the node's posts (broker.go, broadcastLock).</remarks>
internal sealed class DkgRun
{
    private readonly DkgSpec spec;
    private readonly IContractReader contracts;
    private readonly Luck.Purpose chance;
    private readonly JointFeldman feldman;
    private readonly DkgSchedule schedule;
    private readonly Whiteboard whiteboard;
    private readonly NodeId[] others;
    private readonly ulong secret;
    private readonly Queue<(DkgStep Step, BlockId Block)> steps = new();
    private readonly Queue<Submission> posts = new();
    private SimTime dealAt;
    private SimTime shareAt = SimTime.Never;
    private int sharesSent;
    private bool sharesEnded;

    /// <param name="now">The node's clock.</param>
    /// <param name="self">The node, a participant.</param>
    /// <param name="spec">How keys are made.</param>
    /// <param name="contracts">Reads the whiteboard.</param>
    /// <param name="head">The finalized block at which it begins, in the setup phase.</param>
    /// <param name="draws">The node's.</param>
    /// <param name="secret">Stands for what the node will draw.</param>
    public DkgRun(SimTime now, NodeId self, DkgSpec spec, IContractReader contracts, Head head, Luck.Purpose draws,
        ulong secret)
    {
        (this.spec, this.contracts, this.secret) = (spec, contracts, secret);
        ServiceEvent.EpochSetup next = head.State.Epochs.Next!.Setup;
        NodeId[] participants = ParticipantsOf(next);
        (Epoch, chance) = (next.Counter, draws.About(next.Counter));
        others = [.. participants.Where(participant => participant != self)];
        feldman = new JointFeldman(Epoch, participants, self);
        schedule = new DkgSchedule(head.Block.View, head.State.Epochs.Current.Setup.Views, spec.PollStep);
        whiteboard = new Whiteboard(Epoch, participants.Length, spec, contracts, chance);
        long longest = spec.StartDelay.Nanoseconds * participants.Length * participants.Length;
        dealAt = now + new SimDuration(Luck.Below(chance.Draw(3), longest));
    }

    /// <summary>The epoch that the key is for.</summary>
    public ulong Epoch { get; }

    /// <summary>What it came to; null before its end.</summary>
    public DkgOutcome? Outcome { get; private set; }

    /// <summary>When something is due.</summary>
    public SimTime Deadline => SimTime.Min(SimTime.Min(dealAt, shareAt), SimTime.Min(
        whiteboard.Deadline, posts.TryPeek(out Submission? post) ? post.Deadline : SimTime.Never));

    /// <summary>Who generates the key of an epoch, ascending (reactor_engine.go: the initial identities with weight).
    /// </summary>
    public static NodeId[] ParticipantsOf(ServiceEvent.EpochSetup setup) => [.. setup.Participants
        .Where(member => member is { Role: Role.Consensus, InitialWeight: > 0 }).Select(member => member.Id)];

    /// <summary>A dealer's private share comes in.</summary>
    public void TakeShare(NodeId from) => feldman.TakeShare(from);

    /// <summary>A block became final; what follows is due at once.</summary>
    public void Finalized(Head head)
    {
        List<DkgStep> reached = [];
        schedule.Reached(head.Block.View, reached);
        foreach (DkgStep step in reached) steps.Enqueue((step, spec.ReadsSealed ? head.LastSealed : head.Block.Id));
    }

    /// <summary>An execution node answers; what follows is due at once.</summary>
    public void Take(SimTime now, Message.Pipeline.ContractAnswer answer)
    {
        whiteboard.Take(now, answer);
        if (posts.TryPeek(out Submission? post)) post.Take(now, answer);
    }

    /// <summary>Does what is due.</summary>
    public void Advance(SimTime now, Head head, Effects into)
    {
        if (now >= dealAt) Deal(now);
        if (now >= shareAt) SendShares(now, into);
        while (Outcome is null && steps.TryPeek(out (DkgStep Step, BlockId Block) due)
            && IsDone(due.Step, now, due.Block, head, into)) steps.Dequeue();
        while (posts.TryPeek(out Submission? post))
        {
            post.Advance(now, head, isWanted: true, into);
            if (!post.IsOver) break;
            posts.Dequeue();
        }
    }

    private void Deal(SimTime now)
    {
        dealAt = SimTime.Never;
        if (sharesEnded) return;
        Post(feldman.Deal(secret));
        shareAt = now;
    }

    private void SendShares(SimTime now, Effects into)
    {
        var share = new Message.Pipeline.DkgShare(Epoch, sharesSent++);
        foreach (NodeId other in others) into.Send(other, share);
        shareAt = spec.Shares.Allows(sharesSent)
            ? now + spec.Shares.WaitAfter(sharesSent, chance.Draw(4, (ulong)sharesSent))
            : SimTime.Never;
    }

    /// <summary>Takes a step as far as it goes now.</summary>
    private bool IsDone(DkgStep step, SimTime now, BlockId block, Head head, Effects into)
    {
        switch (step)
        {
            case DkgStep.Poll:
                return HasRead(now, block, head, into);
            case DkgStep.EndShares:
                sharesEnded = true;
                foreach (ContractCall.DkgPost complaint in feldman.EndShares()) Post(complaint);
                return true;
            case DkgStep.EndComplaints:
                feldman.EndComplaints();
                return true;
            default:
                Outcome = feldman.End();
                return true;
        }
    }

    private bool HasRead(SimTime now, BlockId block, Head head, Effects into)
    {
        IReadOnlyList<ContractCall.DkgPost>? fresh =
            whiteboard.Look(now, block, head.State.Active(Role.Execution), isSlow: !sharesEnded, into);
        if (fresh is null) return false;
        foreach (ContractCall.DkgPost post in fresh)
        {
            if (feldman.Read(post) is { } answer) Post(answer);
        }

        return true;
    }

    private void Post(ContractCall.DkgPost post) => posts.Enqueue(new Submission(post, spec.Posting,
        looksFirst: false, seen => contracts.Whiteboard(seen, Epoch).Contains(post), chance));
}
