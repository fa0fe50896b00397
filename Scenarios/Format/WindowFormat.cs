using System;
using System.Text.Json.Nodes;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Periods of simulated time as users write them: <c>100s..200s</c>, <c>100s..</c> for good.</summary>
public static class WindowFormat
{
    private const string Expected = "a period such as 100s..200s, or 100s.. for one without end";

    private static readonly string Pattern =
        $@"^{GoDuration.Pattern.TrimStart('^').TrimEnd('$')}\.\.({GoDuration.Pattern.TrimStart('^').TrimEnd('$')})?$";

    public static readonly ScalarShape<Window> Shape = new(Expected, true, Parse,
        () => new JsonObject { ["type"] = "string", ["pattern"] = Pattern });

    /// <summary>As its user would write it.</summary>
    public static string Format(Window window) => GoDuration.Format(window.From - SimTime.Zero) + ".."
        + (window.Until == SimTime.Never ? "" : GoDuration.Format(window.Until - SimTime.Zero));

    private static Window Parse(string text)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) throw new FormatException($"'{text}' is not {Expected}");
        SimTime from = Instant(text[..dots]);
        string end = text[(dots + 2)..];
        SimTime until = end.Length == 0 ? SimTime.Never : Instant(end);
        return from < until ? new Window(from, until) : throw new FormatException(
            $"the period {text} is empty; its end must be after its start");
    }

    private static SimTime Instant(string text)
    {
        SimDuration since = GoDuration.Parse(text);
        return since >= SimDuration.Zero
            ? SimTime.Zero + since
            : throw new FormatException($"{text} is before the start of the run");
    }
}
