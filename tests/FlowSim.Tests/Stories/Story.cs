using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using FlowSim.Chain;

namespace FlowSim.Tests.Stories;

/// <summary>A protocol situation as a text: what happens to real replicas, and under it what they do.</summary>
internal static class Story
{
    private static readonly Regex Command = new(
        @"^at (?<time>\S+)s (?<who>.+?) (?<what>starts?|restarts|receives?|passes)(?<rest> .*)?$");

    /// <summary>The text with the effects that its commands have; indented lines are effects and made anew.</summary>
    public static string Told(string text)
    {
        string[] lines = [.. text.Split('\n').Where(line => !line.StartsWith("  ", StringComparison.Ordinal))];
        Stage? stage = null;
        var told = new StringBuilder();
        for (int i = 0; i < lines.Length; i++)
        {
            told.Append(lines[i]).Append(i < lines.Length - 1 ? "\n" : "");
            if (!lines[i].StartsWith("at ", StringComparison.Ordinal)) continue;
            stage ??= new Stage(Setting.Of(lines));
            foreach (string effect in Act(stage, lines[i])) told.Append("  ").Append(effect).Append('\n');
        }

        return told.ToString();
    }

    private static IReadOnlyList<string> Act(Stage stage, string line)
    {
        Match command = Command.Match(line);
        if (!command.Success) throw new FormatException($"not understood: {line}");
        stage.PassTimeUntil(Setting.Time(command.Groups["time"].Value));
        string rest = command.Groups["rest"].Value.Trim();
        if (command.Groups["what"].Value is not "passes")
        {
            IReadOnlyList<string> actors = stage.Actors(command.Groups["who"].Value);
            (NodeId, Message)[] messages = command.Groups["what"].Value.StartsWith("rec", StringComparison.Ordinal)
                ? [.. stage.Library.Named(rest)]
                : [];
            foreach (string who in actors) Act(stage, who, command.Groups["what"].Value, messages);
        }

        return stage.TakeLines();
    }

    private static void Act(Stage stage, string who, string what, (NodeId From, Message Message)[] messages)
    {
        if (what.StartsWith("start", StringComparison.Ordinal)) stage.Start(who);
        else if (what is "restarts") stage.Restart(who);
        foreach ((NodeId from, Message message) in messages) stage.Deliver(who, from, message);
    }
}
