using System;

namespace FlowSim.Scenarios.Running;

/// <summary>How FlowSim's own failures are told: in one line, with the stack trace only on demand.</summary>
public static class Failure
{
    /// <summary>The environment variable that asks for stack traces.</summary>
    public const string TraceVariable = "FLOWSIM_TRACE";

    /// <summary>What broke, in one line.</summary>
    public static string Line(Exception failure) => ScenarioException.OneLine(failure is InvariantViolation
        ? $"invariant violated: {failure.Message}"
        : $"internal error: {failure.GetType().Name}: {failure.Message}");

    /// <summary>The stack trace, or nothing if it was not asked for.</summary>
    public static string Trace(Exception failure) =>
        Environment.GetEnvironmentVariable(TraceVariable) is "1" ? failure + "\n" : "";
}
