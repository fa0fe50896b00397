using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>A question for the system contracts as of a block, repeated until somebody answers.</summary>
/// <remarks>flow-go asks through an access node, which picks executors; here the node asks them itself.</remarks>
/// <param name="backoff">How often it is repeated.</param>
/// <param name="patience">How long an execution node has to answer.</param>
/// <param name="chance">Picks the executors.</param>
internal sealed class Reading(Backoff backoff, SimDuration patience, Luck.Purpose chance)
{
    private BlockId block;
    private ulong questions;
    private ulong nonce;
    private int failures;
    private bool isAsked;

    /// <summary>Whether a question is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>When something is due.</summary>
    public SimTime Deadline { get; private set; } = SimTime.Never;

    /// <summary>The last question's answer; null while it is open, and when nobody answered.</summary>
    public ContractState? Contracts { get; private set; }

    public void Begin(SimTime now, BlockId about)
    {
        (block, failures, isAsked, IsOpen, Contracts, Deadline) = (about, 0, false, true, null, now);
    }

    /// <summary>Gives the question up.</summary>
    public void Close() => (IsOpen, Deadline) = (false, SimTime.Never);

    /// <summary>Does what is due.</summary>
    /// <param name="now">The node's clock.</param>
    /// <param name="executors">Who may be asked.</param>
    /// <param name="into">Takes the question.</param>
    public void Advance(SimTime now, IReadOnlyList<NodeId> executors, Effects into)
    {
        if (!IsOpen || now < Deadline) return;
        if (isAsked || executors.Count == 0) Fail(now);
        else Ask(now, executors, into);
    }

    /// <summary>An execution node answers.</summary>
    public void Take(SimTime now, Message.Pipeline.ContractAnswer answer)
    {
        if (!IsOpen || !isAsked || answer.Nonce != nonce || answer.BlockId != block) return;
        Contracts = answer.Contracts;
        if (Contracts is null) Fail(now);
        else Close();
    }

    private void Ask(SimTime now, IReadOnlyList<NodeId> executors, Effects into)
    {
        nonce = chance.Draw(block.Value, ++questions);
        NodeId executor = executors[(int)Luck.Below(chance.Draw(nonce, 1), executors.Count)];
        into.Send(executor, new Message.Pipeline.ContractQuery(block, nonce));
        (isAsked, Deadline) = (true, now + patience);
    }

    private void Fail(SimTime now)
    {
        isAsked = false;
        if (!backoff.Allows(++failures)) Close();
        else Deadline = now + backoff.WaitAfter(failures, chance.Draw(block.Value, questions, (ulong)failures));
    }
}
