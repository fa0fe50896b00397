using System;
using System.Globalization;

namespace FlowSim.Scenarios.Workers;

/// <summary>What a worker says to one request: a line of its processor time, a word and a JSON object.</summary>
/// <param name="Cpu">Processor time of the worker's whole process so far.</param>
/// <param name="Word">What kind of answer it is.</param>
/// <param name="Json">The answer, in ASCII and on one line.</param>
public readonly record struct Answer(TimeSpan Cpu, string Word, string Json)
{
    /// <summary>The answer as a line, without its end.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Cpu.Ticks} {Word} {Json}");

    /// <summary>Reads a line; null for one that is cut off.</summary>
    /// <remarks>That the object is whole shows when it is read: no beginning of one is an object.</remarks>
    public static Answer? Of(string line) => line.Split(' ', 3) is [var ticks, var word, var json]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long cpu) && json.EndsWith('}')
        ? new Answer(TimeSpan.FromTicks(cpu), word, json)
        : null;
}
