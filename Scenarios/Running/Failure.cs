using System;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Running;

/// <summary>How FlowSim's own failures are told: in one line, with the stack trace only on demand.</summary>
/// <param name="Line">What broke, in one line.</param>
/// <param name="Digest">Fingerprint of the run up to it, if the simulation itself found the fault.</param>
/// <param name="Details">The stack trace.</param>
/// <param name="IsLost">Whether nothing is wrong with the run: its worker was lost, and it can be made again.</param>
public sealed record Failure(string Line, string? Digest, string Details, bool IsLost = false)
{
    /// <summary>The environment variable that asks for stack traces.</summary>
    public const string TraceVariable = "FLOWSIM_TRACE";

    /// <summary>A worker's word on a run that it does not know.</summary>
    public static readonly Failure Unknown =
        new("worker lost: the program was replaced while its runs were being made", null, "", IsLost: true);

    /// <summary>The stack trace, or nothing if it was not asked for.</summary>
    public string Trace => Environment.GetEnvironmentVariable(TraceVariable) is "1" ? Details + "\n" : "";

    /// <summary>A violation, or a mistake in FlowSim.</summary>
    public static Failure Of(Exception failure) => new(
        ScenarioException.OneLine(failure is InvariantViolation
            ? $"invariant violated: {failure.Message}"
            : $"internal error: {failure.GetType().Name}: {failure.Message}"),
        (failure as InvariantViolation)?.Digest, failure.ToString());

    /// <summary>The loss of a worker.</summary>
    /// <param name="lost">How it was lost.</param>
    /// <param name="work">What it was doing.</param>
    public static Failure Of(WorkerLostException lost, string work) => new(
        ScenarioException.OneLine($"worker lost: the process that made {work} {lost.Message}"), null, lost.Said,
        IsLost: true);
}
