using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Access;

/// <summary>Lets execution nodes answer clients' scripts at the latest sealed block.</summary>
/// <remarks>
/// flow-go access/rpc/backend/script_executor: execution nodes whose receipts for the block are on the chain, tried in
/// turn.
/// </remarks>
internal sealed class Scripts(AccessSpec spec, Luck.Purpose chance)
{
    private readonly Dictionary<ulong, Open> open = [];
    private readonly Queue<Open> waiting = new();

    /// <summary>When somebody's time to answer is over.</summary>
    public SimTime Deadline
    {
        get
        {
            while (waiting.TryPeek(out Open? first) && first.IsClosed) waiting.Dequeue();
            return waiting.TryPeek(out Open? next) ? next.Until : SimTime.Never;
        }
    }

    /// <summary>Begins to answer a script.</summary>
    /// <param name="now">The present.</param>
    /// <param name="call">Names the call.</param>
    /// <param name="at">The sealed block.</param>
    /// <param name="executors">Who has executed it, as the chain says.</param>
    /// <param name="into">Collects what should happen.</param>
    public void Ask(SimTime now, ulong call, Seal at, IReadOnlyList<NodeId> executors, Effects into)
    {
        if (executors.Count == 0) Answer(at, null, into);
        else Try(now, new Open(call, at, executors, 0, default), into);
    }

    /// <summary>An execution node has answered.</summary>
    public void Answered(SimTime now, Message.Pipeline.ScriptResponse response, Effects into)
    {
        if (!open.Remove(response.Nonce, out Open? asked)) return;
        asked.IsClosed = true;
        if (response.State is null && asked.Attempt < MostAttempts(asked)) Try(now, asked, into);
        else Answer(asked.At, response.State, into);
    }

    /// <summary>Tries the next execution node for those whose time is over.</summary>
    public void OnTimer(SimTime now, Effects into)
    {
        while (Deadline <= now)
        {
            Open late = waiting.Dequeue();
            open.Remove(late.Nonce);
            if (late.Attempt < MostAttempts(late)) Try(now, late, into);
            else Answer(late.At, null, into);
        }
    }

    private int MostAttempts(Open asked) => int.Min(spec.MostNodes, asked.Executors.Count);

    private void Try(SimTime now, Open last, Effects into)
    {
        Open next = last with { Attempt = last.Attempt + 1, Until = now + spec.ScriptPatience };
        open.Add(next.Nonce, next);
        waiting.Enqueue(next);
        int first = (int)Luck.Below(chance.Draw(next.Call), next.Executors.Count);
        into.Send(next.Executors[(first + last.Attempt) % next.Executors.Count],
            new Message.Pipeline.ScriptRequest(next.At.BlockId, next.Nonce));
    }

    private static void Answer(Seal at, Commitment? state, Effects into) =>
        into.Report(new Notice.ScriptAnswered(at.BlockId, at.Height, state));

    private sealed record Open(ulong Call, Seal At, IReadOnlyList<NodeId> Executors, int Attempt, SimTime Until)
    {
        public ulong Nonce => Mix64.Then(Call, (ulong)Attempt);

        public bool IsClosed { get; set; }
    }
}
