using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>The epochs that a node knows of: whose votes count in a view, and who leads it.</summary>
/// <remarks>
/// A node learns of an epoch when it finalizes the block that commits it, and of an extension likewise; whoever hears
/// finalizations tells it. Where all epochs are planned, nodes share one such book. flow-go
/// committees/consensus_committee.go.
/// </remarks>
public sealed class KnownEpochs
{
    /// <summary>The previous epoch, the current and the next (committees/consensus_committee.go).</summary>
    private const int Kept = 3;

    private readonly List<CommittedEpoch> epochs;
    private readonly int most;
    private CommittedEpoch last;

    /// <param name="epochs">Consecutive epochs, at least one.</param>
    /// <param name="isComplete">Whether no epoch will follow these.</param>
    /// <param name="keepsAll">Whether even epochs long past are kept.</param>
    public KnownEpochs(IEnumerable<CommittedEpoch> epochs, bool isComplete = false, bool keepsAll = false)
    {
        this.epochs = [.. epochs];
        IsComplete = isComplete;
        most = keepsAll ? int.MaxValue : Kept;
        last = this.epochs[0];
    }

    /// <summary>Whether all epochs of the run are known: a view beyond them is a mistake in its plan.</summary>
    public bool IsComplete { get; }

    /// <summary>All epochs known and not forgotten, in order.</summary>
    public IReadOnlyList<CommittedEpoch> All => epochs;

    public CommittedEpoch Newest => epochs[^1];

    /// <summary>The epochs of a plan, all known from the start.</summary>
    /// <exception cref="ArgumentException">In some epoch no consensus node has weight.</exception>
    public static KnownEpochs Planned(
        IReadOnlyList<NodeSpec> nodes, IReadOnlyList<EpochTiming> timings, Luck luck) =>
        new(CommittedEpoch.Planned(nodes, timings, luck), isComplete: true);

    /// <summary>The epoch of a view; null if it is not known, not yet or no longer.</summary>
    public CommittedEpoch? Of(View view)
    {
        if (last.Contains(view)) return last;
        for (int e = epochs.Count - 1; e >= 0; e--)
        {
            if (epochs[e].Contains(view)) return last = epochs[e];
        }

        return null;
    }

    /// <summary>Who votes in a view; null if its epoch is not known.</summary>
    public Committee? At(View view) => Of(view)?.Committee;

    /// <summary>The leader of a view; null if its epoch is not known.</summary>
    public NodeId? Leader(View view) => Of(view)?.Leader(view);

    /// <summary>The epoch that follows another; null if it is not known.</summary>
    public CommittedEpoch? After(EpochTiming epoch)
    {
        for (int e = epochs.Count - 1; e > 0; e--)
        {
            if (epochs[e - 1].Timing.FirstView == epoch.FirstView) return epochs[e];
        }

        return null;
    }

    /// <summary>The next epoch is committed. What lies more than two before it is forgotten.</summary>
    /// <exception cref="InvariantViolation">It does not follow the newest one directly.</exception>
    public void Add(CommittedEpoch next)
    {
        if (!next.Timing.FirstView.Follows(Newest.Timing.FinalView))
            throw new InvariantViolation(FormattableString.Invariant(
                $"an epoch from view {next.Timing.FirstView} does not follow view {Newest.Timing.FinalView}"));
        epochs.Add(next);
        last = next;
        while (epochs.Count > most) epochs.RemoveAt(0);
    }

    /// <summary>The newest epoch goes on longer (epoch fallback mode); more views of the same leaders follow.</summary>
    /// <param name="extended">Its views and end including the extension.</param>
    /// <exception cref="InvariantViolation">It is another epoch, or would become shorter.</exception>
    public void Extend(EpochTiming extended)
    {
        if (extended.FirstView != Newest.Timing.FirstView || extended.FinalView < Newest.Timing.FinalView)
            throw new InvariantViolation(FormattableString.Invariant(
                $"the epoch of views {Newest.Timing.FirstView} to {Newest.Timing.FinalView} cannot be extended to ")
                + FormattableString.Invariant($"views {extended.FirstView} to {extended.FinalView}"));
        epochs[^1] = last = Newest with { Timing = extended };
    }
}
