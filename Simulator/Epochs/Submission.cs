using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>A node's own call of a system contract, repeated until the contract shows it as of a sealed block.
/// </summary>
/// <remarks>
/// flow-go waits for the transaction's seal and so learns that it was executed (base_client.go). Here the node looks at
/// the contract, which is the same unless an earlier try comes through late. Each try is another transaction.
/// </remarks>
/// <param name="call">What is asked of the contract.</param>
/// <param name="spec">How.</param>
/// <param name="looksFirst">Whether every try begins with a look at the contract.</param>
/// <param name="isSeen">Whether the contract shows it.</param>
/// <param name="draws">The node's.</param>
internal sealed class Submission(ContractCall call, SubmissionSpec spec, bool looksFirst,
    Func<ContractState, bool> isSeen, Luck.Purpose draws)
{
    private readonly Luck.Purpose chance = draws.About(call.Key);
    private readonly Reading reading =
        new(new Backoff { Retries = 0 }, spec.AnswerPatience, draws.About(call.Key).About(1));

    private Stage stage;
    private int failures;
    private SimTime next;
    private SimTime tryEnds = SimTime.Never;

    private enum Stage : byte
    {
        Waiting,
        Looking,
        Watching,
    }

    /// <summary>Whether nothing more is to be done: it is seen, or given up.</summary>
    public bool IsOver { get; private set; }

    /// <summary>When something is due.</summary>
    public SimTime Deadline => IsOver ? SimTime.Never
        : SimTime.Min(tryEnds, reading.IsOpen ? reading.Deadline : next);

    /// <summary>Does what is due.</summary>
    /// <param name="now">The node's clock.</param>
    /// <param name="head">Who may be asked and sent to.</param>
    /// <param name="isWanted">Whether another try still makes sense.</param>
    /// <param name="into">Takes transactions and questions.</param>
    public void Advance(SimTime now, Head head, bool isWanted, Effects into)
    {
        if (!IsOver && stage == Stage.Waiting && now >= next) Try(now, head, isWanted, into);
        if (IsOver || stage == Stage.Waiting) return;
        reading.Advance(now, head.State.Active(Role.Execution), into);
        if (!reading.IsOpen && reading.Contracts is { } contracts && isSeen(contracts)) IsOver = true;
        else if (stage == Stage.Looking) AfterLook(now, head, into);
        else if (now >= tryEnds) Fail(now);
        else if (!reading.IsOpen && now >= next) Look(now, head, into);
    }

    /// <summary>An execution node answers; what follows is due at once.</summary>
    public void Take(SimTime now, Message.Pipeline.ContractAnswer answer) => reading.Take(now, answer);

    private void Try(SimTime now, Head head, bool isWanted, Effects into)
    {
        if (!isWanted || !spec.Retry.Allows(failures)) IsOver = true;
        else if (!looksFirst) Submit(now, head, into);
        else
        {
            stage = Stage.Looking;
            Look(now, head, into);
        }
    }

    private void Look(SimTime now, Head head, Effects into)
    {
        next = now + spec.CheckInterval;
        reading.Begin(now, head.LastSealed);
        reading.Advance(now, head.State.Active(Role.Execution), into);
    }

    private void AfterLook(SimTime now, Head head, Effects into)
    {
        if (reading.IsOpen) return;
        if (reading.Contracts is null) Fail(now);
        else Submit(now, head, into);
    }

    private void Submit(SimTime now, Head head, Effects into)
    {
        (stage, next, tryEnds) = (Stage.Watching, now + spec.CheckInterval, now + spec.Patience);
        IReadOnlyList<NodeId> nodes = head.State.Active(Role.Access);
        if (nodes.Count == 0) return;
        ulong node = chance.Draw(2, (ulong)(failures / spec.FailuresPerAccessNode));
        var id = new TransactionId(chance.Draw(3, (ulong)failures));
        into.Send(nodes[(int)Luck.Below(node, nodes.Count)], new Message.Pipeline.NodeCall(id, call));
    }

    private void Fail(SimTime now)
    {
        reading.Close();
        failures++;
        (stage, tryEnds) = (Stage.Waiting, SimTime.Never);
        next = now + spec.Retry.WaitAfter(failures, chance.Draw(4, (ulong)failures));
    }
}
