using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using FlowSim.Scenarios.Reading;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Validation;

/// <summary>The verb <c>validate</c>: every published or closed-form figure beside FlowSim's own.</summary>
/// <remarks>A figure that is not reproduced is a finding, not a failure.</remarks>
/// <param name="families">What there is to measure.</param>
/// <param name="output">Gets a line per family and the path of the page.</param>
/// <param name="error">Gets progress.</param>
public sealed class ValidateCommand(IReadOnlyList<IFigureFamily> families, TextWriter output, TextWriter error)
{
    /// <summary>Measures and writes the page.</summary>
    /// <param name="only">One family's id, or null for all.</param>
    /// <param name="path">Where the page goes.</param>
    /// <param name="workers">Runs at a time.</param>
    /// <param name="cancel">Gives up; nothing is written.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ScenarioException">No such family, or no place for the page.</exception>
    /// <exception cref="InvariantViolation">FlowSim contradicts itself.</exception>
    public int Run(string? only, string path, int workers, CancellationToken cancel)
    {
        IFigureFamily[] chosen =
            [.. families.Where(family => only is null || string.Equals(family.Id, only, StringComparison.Ordinal))];
        if (chosen.Length == 0)
            throw new ScenarioException(
                $"--only {only} is no family of figures; {Nearest.Allowed(only!, [.. families.Select(f => f.Id)])}");
        NewFile.EnsureWritable("--out", path);
        List<(IFigureFamily, FamilyResult)> results = [];
        foreach (IFigureFamily family in chosen)
        {
            error.Write($"validate: {family.Id}\n");
            using DivisionHere division = new(family.Id, workers, cancel);
            FamilyResult result = family.Measure(new Workbench(division, cancel));
            results.Add((family, result));
            foreach (Finding finding in result.Findings)
                output.Write($"{finding.Verdict.ToString().ToLowerInvariant(),-9}  {finding.Figure.Id}\n");
        }

        ValidationReport report = new(results);
        NewFile.Replace(path, stream =>
        {
            using StreamWriter text = new(stream, new UTF8Encoding(false), leaveOpen: true);
            report.Write(text);
        });
        output.Write($"{report.Counts()} {path}\n");
        return ExitCode.Ok;
    }
}
