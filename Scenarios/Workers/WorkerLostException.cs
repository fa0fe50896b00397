using System;

namespace FlowSim.Scenarios.Workers;

/// <summary>A worker's process came to an unexpected end: killed, short of memory, or never started.</summary>
/// <param name="how">How it ended, as the end of a sentence about the worker.</param>
/// <param name="said">What it wrote to its error output.</param>
public sealed class WorkerLostException(string how, string said) : Exception(ScenarioException.OneLine(how))
{
    /// <summary>The last words of the worker.</summary>
    public string Said { get; } = said;
}
