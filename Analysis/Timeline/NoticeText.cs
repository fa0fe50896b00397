using System;
using FlowSim.Chain;

namespace FlowSim.Analysis.Timeline;

/// <summary>What a node states, as a sentence without its subject.</summary>
public static class NoticeText
{
    /// <summary>The view a notice is about; null when it is about the process.</summary>
    public static View? ViewOf(Notice notice) => notice switch
    {
        Notice.EnteredView entered => entered.View,
        Notice.Built built => built.Block.View,
        Notice.Published published => published.Block.View,
        Notice.Incorporated incorporated => incorporated.Block.View,
        Notice.Finalized finalized => finalized.Block.View,
        Notice.DoubleProposal proposal => proposal.Block.View,
        Notice.Voted voted => voted.Vote.View,
        Notice.TimedOut timedOut => timedOut.Timeout.View,
        Notice.QcAssembled assembled => assembled.Qc.View,
        Notice.TcAssembled assembled => assembled.Tc.View,
        Notice.ControllerUpdated updated => updated.Observation.View,
        Notice.Rejected rejected => rejected.View,
        Notice.NoLeaderKnown { View.Value: var view } => new View(view - 1),
        _ => null,
    };

    /// <summary>What the node did; null if it is not worth a line.</summary>
    public static string? Of(in TraceEvent entry, Cast cast) => entry.Notice switch
    {
        Notice.EnteredView entered =>
            FormattableString.Invariant($"enters from view {entered.From}, by {(entered.ByTc ? "TC" : "QC")}"),
        Notice.Built built => FormattableString.Invariant(
            $"builds its block on view {built.Block.Qc.View}; the controller wants it published at ")
            + TimeText.Absolute(built.Target),
        Notice.Published published =>
            $"publishes its block, {TimeText.Length(entry.At - published.Ready)} after it was ready",
        Notice.Incorporated => "adds the block to its tree",
        Notice.Finalized => "finalizes the block",
        Notice.DoubleProposal proposal => $"sees a second block by {cast.Name(proposal.Block.Proposer.Index)}",
        Notice.Voted => "votes",
        Notice.TimedOut timedOut => FormattableString.Invariant(
            $"gives up on the view, knowing QC {timedOut.Timeout.NewestQc.View} (tick {timedOut.Timeout.Tick})"),
        Notice.QcAssembled assembled =>
            FormattableString.Invariant($"assembles the QC from {assembled.Qc.Signers.Count} votes"),
        Notice.TcAssembled assembled => FormattableString.Invariant(
            $"assembles the TC from {assembled.Tc.Signers.Count} timeout objects; ")
            + FormattableString.Invariant($"its newest QC is {assembled.Tc.NewestQc.View}"),
        Notice.ControllerUpdated updated =>
            FormattableString.Invariant($"steers: error {updated.Observation.ErrorSeconds:F3} s, ")
            + $"target view duration {TimeText.Length(updated.Observation.Target)}",
        Notice.Started started => started.IsRestart ? "starts again from its disk" : "starts",
        Notice.Stopped => "is down",
        Notice.NoLeaderKnown => "does not vote: the epoch of the next view is not committed",
        Notice.Runs runs => FormattableString.Invariant($"runs image {runs.Image} from height {runs.Head.Value}"),
        Notice.Installed installed => FormattableString.Invariant($"has image {installed.Image} on its disk"),
        Notice.Ending ending => $"ends: {ending.Cause}",
        Notice.Restored restored => FormattableString.Invariant(
            $"goes back from height {restored.Lost.Value} to its disk of height {restored.Head.Value}"),
        Notice.Cloned cloned => $"has a copy of the disk of {cast.Name(cloned.From.Index)}",
        Notice.RefusedToStart refused => FormattableString.Invariant(
            $"cannot start image {refused.Image}: its disk has a newer layout"),
        Notice.Sporked { Root: var root } => FormattableString.Invariant(
            $"has the chain that goes on: all begin anew at height {root.Height.Value}, view {root.View}"),
        Notice.WaveReviewed wave => FormattableString.Invariant($"rollout {wave.Rollout}, wave {wave.Wave}: ")
            + (wave.GoesOn ? "the next may begin" : "stopped"),
        Notice.Rejected rejected => $"refuses what {cast.Name(rejected.From.Index)} sent: {rejected.Reason}",
        _ => PipelineText.Of(entry, cast),
    };
}
