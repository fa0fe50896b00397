using System;
using System.Text.Json;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The pacemaker's timeout over sequences of failed and successful rounds.</summary>
internal sealed class TimeoutSequences : IFamily
{
    public string Name => "pacemaker-timeout";

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.EachCase(file, c => ReplayCase(c, comparison));

    private static void ReplayCase(JsonElement c, Comparison comparison)
    {
        TimeoutController? controller = Built(c.Get("config").PacemakerConfig());
        comparison.Same("configError", c.Flag("configError"), controller is null);
        if (controller is null || c.Flag("configError")) return;

        comparison.Same("maxExponent", c.Real("maxExponent"), controller.MaxExponent);
        Compare(c.Get("initial"), controller, comparison);
        int number = 0;
        foreach (JsonElement step in c.Get("steps").EnumerateArray())
        {
            comparison.Step(++number);
            Apply(step.Text("op"), controller);
            Compare(step, controller, comparison);
        }
    }

    private static void Apply(string op, TimeoutController controller)
    {
        switch (op)
        {
            case "timeout":
                controller.OnTimeout();
                break;
            case "progress":
                controller.OnProgress();
                break;
            default:
                throw new RecordingException($"unknown op {op}");
        }
    }

    private static TimeoutController? Built(PacemakerConfig config)
    {
        try
        {
            return new TimeoutController(config);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Compare(JsonElement expected, TimeoutController actual, Comparison comparison)
    {
        comparison.Same("r", expected.Unsigned("r"), actual.Failures);
        comparison.Same("replicaTimeout_ms", expected.Real("replicaTimeout_ms"), actual.TimeoutMilliseconds);
        comparison.Same("startTimeoutDuration_ns",
            expected.Signed("startTimeoutDuration_ns"), actual.Timeout.Nanoseconds);
        comparison.Same("rebroadcastInterval_ns",
            expected.Signed("rebroadcastInterval_ns"), actual.RebroadcastInterval.Nanoseconds);
    }
}
