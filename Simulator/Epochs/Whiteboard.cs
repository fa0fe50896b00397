using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>A participant's looks at the whiteboard: each brings what is new since the last (broker.go, Poll).
/// </summary>
/// <remarks>What a look that failed would have brought comes with the next one.</remarks>
/// <param name="epoch">The epoch that the key is for.</param>
/// <param name="participants">How many take part: slows the first vector read.</param>
/// <param name="spec">How keys are made.</param>
/// <param name="contracts">Reads the whiteboard.</param>
/// <param name="chance">The node's draws about this key generation.</param>
internal sealed class Whiteboard(
    ulong epoch, int participants, DkgSpec spec, IContractReader contracts, Luck.Purpose chance)
{
    private static readonly ContractCall.DkgPost[] Nothing = [];

    private readonly Reading reading = new(spec.Reading, spec.Posting.AnswerPatience, chance.About(1));
    private readonly List<ContractCall.DkgPost> fresh = [];
    private SimTime doneAt = SimTime.Never;
    private bool isLooking;
    private int read;

    /// <summary>When something is due.</summary>
    public SimTime Deadline => SimTime.Min(reading.Deadline, doneAt);

    /// <summary>An execution node answers; what follows is due at once.</summary>
    public void Take(SimTime now, Message.Pipeline.ContractAnswer answer) => reading.Take(now, answer);

    /// <summary>Begins a look, or goes on with it.</summary>
    /// <param name="now">The node's clock.</param>
    /// <param name="block">As of which block.</param>
    /// <param name="executors">Who may be asked.</param>
    /// <param name="isSlow">Whether reading takes its time: it does in the first phase.</param>
    /// <param name="into">Takes questions.</param>
    /// <returns>What is new; null while the look goes on.</returns>
    public IReadOnlyList<ContractCall.DkgPost>? Look(
        SimTime now, BlockId block, IReadOnlyList<NodeId> executors, bool isSlow, Effects into)
    {
        if (!isLooking) reading.Begin(now, block);
        isLooking = true;
        reading.Advance(now, executors, into);
        if (reading.IsOpen) return null;
        if (doneAt == SimTime.Never) doneAt = now + Fetch(isSlow);
        if (now < doneAt) return null;
        (isLooking, doneAt) = (false, SimTime.Never);
        return fresh.Count > 0 ? fresh : Nothing;
    }

    /// <returns>How long reading what is new takes.</returns>
    private SimDuration Fetch(bool isSlow)
    {
        fresh.Clear();
        if (reading.Contracts is null) return SimDuration.Zero;
        IReadOnlyList<ContractCall.DkgPost> posts = contracts.Whiteboard(reading.Contracts, epoch);
        bool isFirst = read == 0;
        for (; read < posts.Count; read++) fresh.Add(posts[read]);
        if (!isSlow || fresh.Count == 0) return SimDuration.Zero;
        var further = new SimDuration(spec.NextVectorDelay.Nanoseconds * (fresh.Count - (isFirst ? 1 : 0)));
        return isFirst ? further + FirstVectorDelay() : further;
    }

    private SimDuration FirstVectorDelay() => new(Luck.Below(
        chance.Draw(2), spec.FirstVectorDelay.Nanoseconds * participants * participants));
}
