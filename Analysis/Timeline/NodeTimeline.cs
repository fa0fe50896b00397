using System.IO;
using FlowSim.Chain;
using FlowSim.Network;

namespace FlowSim.Analysis.Timeline;

/// <summary>Writes a run as one node lives it: all it states, and every message from and to it.</summary>
public sealed class NodeTimeline(TextWriter text, Cast cast, ViewRange range, int node) : INetworkProbe
{
    /// <summary>The newest view any member entered.</summary>
    public View Highest { get; private set; }

    public void On(in TraceEvent entry)
    {
        if (entry.Notice is Notice.EnteredView { View: var entered }) Highest = View.Max(Highest, entered);
        if (entry.Node.Index != node) return;
        View view = NoticeText.ViewOf(entry.Notice) ?? View.Max(Highest, cast.FirstView);
        if (range.Contains(view) && NoticeText.Of(entry, cast) is { } line)
            RunTimeline.Write(text, entry.At, view, line);
    }

    public void On(in Passage passage)
    {
        View view = ViewOf(passage.Message);
        if (!range.Contains(view)) return;
        string? line = passage.Stage switch
        {
            PassageStage.Taken when passage.To == node && passage.From != node =>
                $"takes {KindOf(passage.Message)} from {cast.Name(passage.From)}",
            PassageStage.Ignored when passage.To == node =>
                $"ignores {KindOf(passage.Message)} from {cast.Name(passage.From)}: past or known",
            PassageStage.Dropped when passage.To == node =>
                $"is down and misses {KindOf(passage.Message)} from {cast.Name(passage.From)}",
            PassageStage.Lost when passage.To == node =>
                $"never gets {KindOf(passage.Message)} from {cast.Name(passage.From)}: it is lost on the way",
            PassageStage.Lost when passage.From == node =>
                $"sends {KindOf(passage.Message)} to {cast.Name(passage.To)} in vain: it is lost on the way",
            _ => null,
        };
        if (line is not null) RunTimeline.Write(text, passage.At, view, line);
    }

    private static string KindOf(Message message) => message switch
    {
        Message.Proposal => "the proposal",
        Message.Vote => "a vote",
        Message.Timeout => "a timeout object",
        Message.SyncRequest => "a synchronisation request",
        Message.SyncResponse => "a synchronisation response",
        Message.RangeRequest => "a request for a range of blocks",
        Message.BatchRequest => "a request for blocks",
        Message.BlockResponse => "blocks asked for",
        _ => PipelineText.Of(message.Kind),
    };

    /// <summary>A message's view; synchronisation belongs to whatever view the run has reached.</summary>
    private View ViewOf(Message message) => message switch
    {
        Message.Proposal proposal => proposal.Block.View,
        Message.Vote vote => vote.View,
        Message.Timeout timeout => timeout.View,
        _ => View.Max(Highest, cast.FirstView),
    };
}
