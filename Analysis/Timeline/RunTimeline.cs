using System;
using System.IO;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>Writes a run as a timeline: what one node does as it happens, what all do when it has spread.</summary>
/// <remarks>Nodes outside the committee only follow and are not told.</remarks>
public sealed class RunTimeline(TextWriter text, Cast cast, ViewRange range) : IProbe
{
    private readonly Milestones milestones = new(cast);

    /// <summary>The newest view any member entered.</summary>
    public View Highest { get; private set; }

    public void On(in TraceEvent entry)
    {
        if (!cast.IsParticipant(entry.Node.Index)) return;
        if (entry.Notice is Notice.EnteredView { View: var entered }) Highest = View.Max(Highest, entered);
        View view = NoticeText.ViewOf(entry.Notice) ?? View.Max(Highest, cast.FirstView);
        if (range.Contains(view) && Line(entry, view) is { } line) Write(text, entry.At, view, line);
    }

    /// <summary>One line of a timeline.</summary>
    public static void Write(TextWriter text, SimTime at, View view, string line) =>
        text.Write(FormattableString.Invariant($"{TimeText.Absolute(at),14}  view {view,-6} {line}\n"));

    private string? Line(in TraceEvent entry, View view)
    {
        int node = entry.Node.Index;
        switch (entry.Notice)
        {
            case Notice.ControllerUpdated or Notice.Started { IsRestart: false }:
                return null;
            case Notice.TimedOut { Timeout.Tick: > 0 }:
                return null;
            case Notice.EnteredView or Notice.Incorporated or Notice.Finalized or Notice.Voted or Notice.TimedOut
                or Notice.TcAssembled:
                string? reached = milestones.Count(entry.Notice, view, node);
                if (reached is null) return null;
                return reached is "first"
                    ? $"{cast.Name(node)} is the first: {NoticeText.Of(entry, cast)}{LedBy(entry.Notice)}"
                    : $"{Did(entry.Notice)} {reached}";
            default:
                return $"{cast.Name(node)} {NoticeText.Of(entry, cast)}";
        }
    }

    private string LedBy(Notice notice) => notice is Notice.EnteredView entered
        ? $"; the leader is {cast.Name(cast.Leader(entered.View))}"
        : "";

    private static string Did(Notice notice) => notice switch
    {
        Notice.EnteredView => "entered by",
        Notice.Incorporated => "block known to",
        Notice.Finalized => "block final at",
        Notice.Voted => "voted for by",
        Notice.TimedOut => "given up by",
        _ => "TC held by",
    };
}
