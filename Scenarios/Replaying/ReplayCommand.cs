using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using FlowSim.Analysis.Timeline;
using FlowSim.Chain;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Replaying;

/// <summary>The verb <c>replay</c>: one run again as a timeline.</summary>
/// <param name="one">The run.</param>
/// <param name="output">Gets the timeline.</param>
/// <param name="error">Gets what is wrong.</param>
public sealed class ReplayCommand(OneRun one, TextWriter output, TextWriter error)
{
    private readonly Cast cast = new(one.Run.Spec);

    /// <summary>Replays to the end, or until the token is cancelled.</summary>
    /// <param name="views">The views asked for, as a..b or a; null for all.</param>
    /// <param name="node">The node to look through; null for the whole committee.</param>
    /// <param name="cancel">Stops soon.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(string? views, string? node, CancellationToken cancel)
    {
        ViewRange range = views is null ? ViewRange.All : Range(views);
        int index = node is null ? -1 : IndexOf(node);
        output.Write($"replay of {one.Name}{(node is null ? "" : $", as {cast.Name(index)} lives it")}\n");
        View highest;
        string digest;
        if (node is null)
        {
            var timeline = new RunTimeline(output, cast, range);
            digest = one.Again(timeline, error, cancel);
            highest = timeline.Highest;
        }
        else
        {
            var timeline = new NodeTimeline(output, cast, range, index);
            digest = one.Again(timeline, error, cancel);
            highest = timeline.Highest;
        }

        if (range.First > highest || range.Last < cast.FirstView) throw Outside(range.First, cast, highest);
        output.Write($"{digest}\n");
        return ExitCode.Ok;
    }

    /// <summary>The mistake of asking for a view that no member entered.</summary>
    public static ScenarioException Outside(View asked, Cast cast, View highest) => new(FormattableString.Invariant(
        $"view {asked} is outside the run; it has the views {cast.FirstView} to {highest}"));

    private ViewRange Range(string text)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        ulong first = Number(dots < 0 ? text : text[..dots]);
        ulong last = dots < 0 ? first : Number(text[(dots + 2)..]);
        if (last < first)
            throw new ScenarioException($"--views: {text} ends before it begins; write it as {last}..{first}");
        return new ViewRange(new View(first), new View(last));
    }

    private static ulong Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong view)
            ? view
            : throw new ScenarioException($"--views: '{text}' is not a view; write a view or two as in 10..20");

    private int IndexOf(string name)
    {
        int index = cast.IndexOf(name);
        return index >= 0 ? index : throw new ScenarioException($"--node {name} is not a node of the run; "
            + Nearest.Allowed(name, [.. one.Run.Spec.Nodes.Select(node => node.Name)]));
    }
}
