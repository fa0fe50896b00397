using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace FlowSim.Scenarios.Workers;

/// <summary>Numbered pieces of work, given one by one to whichever hand is free.</summary>
/// <remarks>A hand is this process, or a worker beside it; each is waited for on a thread of its own.</remarks>
public static class Crew
{
    /// <summary>Does all pieces; the calling thread is the first hand's.</summary>
    /// <param name="hands">Who works.</param>
    /// <param name="pieces">How many pieces there are.</param>
    /// <param name="work">Has a hand do a piece; false if the hand can do no more.</param>
    /// <param name="cancel">Stops soon.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the last piece was done.</exception>
    /// <remarks>Another exception of a piece stops the others, and is thrown.</remarks>
    public static void Share<THand>(
        IReadOnlyList<THand> hands, int pieces, Func<THand, int, CancellationToken, bool> work,
        CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        int next = -1;
        int left = pieces;
        Exception? failed = null;

        void Labour(THand hand)
        {
            try
            {
                while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is var piece && piece < pieces)
                {
                    bool goesOn = work(hand, piece, stop.Token);
                    Interlocked.Decrement(ref left);
                    if (!goesOn) return;
                }
            }
            catch (Exception e)
            {
                // That the others were then cancelled is no news.
                Interlocked.CompareExchange(ref failed, e, null);
                stop.Cancel();
            }
        }

        List<Thread> others = [];
        for (int i = 1; i < hands.Count; i++)
        {
            THand hand = hands[i];
            Thread thread = new(() => Labour(hand));
            thread.Start();
            others.Add(thread);
        }

        Labour(hands[0]);
        foreach (Thread thread in others) thread.Join();
        if (failed is not null) ExceptionDispatchInfo.Throw(failed);
        if (left > 0) throw new OperationCanceledException(cancel);
    }
}
