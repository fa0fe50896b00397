using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Replaying;

/// <summary>The one run that a reader wants to see again.</summary>
/// <param name="run">The run.</param>
/// <param name="results">The results folder that may have it on record.</param>
public sealed class OneRun(PlannedRun run, string results)
{
    public PlannedRun Run { get; } = run;

    /// <summary>Picks the one run of a file.</summary>
    /// <exception cref="ScenarioException">The selection names none or several.</exception>
    public static OneRun Of(string file, Selection selection, string results)
    {
        IReadOnlyList<PlannedRun> runs = selection.Of(Plan.Of(ScenarioFile.Load(file)));
        if (runs.Count == 1) return new OneRun(runs[0], results);
        List<string> add = [];
        Ask(add, "--scenario", runs.Select(run => run.Scenario.Name));
        Ask(add, "--set", runs.Select(run => run.Set.Name));
        Ask(add, "--seed", runs.Select(run => run.Spec.Seed.ToString(CultureInfo.InvariantCulture)));
        throw new ScenarioException(FormattableString.Invariant(
            $"this names {runs.Count} runs and one is needed; add {string.Join(" and ", add)}"));
    }

    /// <summary>What the run is called in the first line of what is told of it.</summary>
    public string Name => FormattableString.Invariant(
        $"{Run.Scenario.Name}, set {Run.Set.Name}, seed {Run.Spec.Seed}");

    /// <summary>Makes the run again and holds its digest against the record.</summary>
    /// <exception cref="InvariantViolation">The record says something else.</exception>
    /// <returns>A sentence about the digest.</returns>
    public string Again(IProbe probe, TextWriter error, CancellationToken cancel)
    {
        string digest = Simulation.Run(Run.Spec, [probe], cancel: cancel).Digest;
        var records = new RecordStore(Path.Combine(results, "records"), line => error.Write(line + "\n"));
        if (records.Find(Run.Identity.RunId) is not { } record)
            return $"digest {digest}; {results} has no record of this run by this build";
        return string.Equals(record.Digest, digest, StringComparison.Ordinal)
            ? $"digest {digest} as on record"
            : throw new InvariantViolation($"the same run gave two digests: {digest}, "
                + $"but {records.PathOf(Run.Identity.RunId)} has {record.Digest}");
    }

    private static void Ask(List<string> add, string option, IEnumerable<string> values)
    {
        string[] distinct = [.. values.Distinct(StringComparer.Ordinal)];
        if (distinct.Length < 2) return;
        const int Shown = 8;
        string more = distinct.Length > Shown ? ", …" : "";
        add.Add($"{option} ({string.Join(", ", distinct.Take(Shown))}{more})");
    }
}
