using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Analysis;

/// <summary>The runs of one parameter set, in the order given.</summary>
public sealed record SetOfRuns(string Name, IReadOnlyList<Measurement> Runs)
{
    /// <summary>Sorts the runs of one scenario into sets, in order of first appearance.</summary>
    /// <exception cref="ArgumentException">No runs, several scenarios, or a run given twice.</exception>
    public static SetOfRuns[] Group(IReadOnlyList<Measurement> runs)
    {
        if (runs.Count == 0) throw new ArgumentException("There are no runs.", nameof(runs));
        var seen = new HashSet<RunKey>();
        var names = new List<string>();
        var groups = new List<List<Measurement>>();
        foreach (Measurement run in runs)
        {
            if (!seen.Add(run.Key)) throw new ArgumentException(TwiceText(run.Key), nameof(runs));
            if (!string.Equals(run.Key.Scenario, runs[0].Key.Scenario, StringComparison.Ordinal))
            {
                throw new ArgumentException("The runs are of several scenarios.", nameof(runs));
            }

            int set = names.IndexOf(run.Key.Set);
            if (set < 0)
            {
                set = names.Count;
                names.Add(run.Key.Set);
                groups.Add([]);
            }

            groups[set].Add(run);
        }

        var sets = new SetOfRuns[names.Count];
        for (int i = 0; i < sets.Length; i++) sets[i] = new SetOfRuns(names[i], groups[i]);
        return sets;
    }

    /// <summary>A metric of every run that was measured by it.</summary>
    public IReadOnlyList<double> Values(string metric)
    {
        var values = new List<double>();
        foreach (Measurement run in Runs)
        {
            if (run[metric] is { } value) values.Add(value);
        }

        return values;
    }

    /// <summary>A metric of this set and of another on the seeds where both were measured by it.</summary>
    public IReadOnlyList<(double This, double Other)> Pairs(SetOfRuns other, string metric)
    {
        var bySeed = new Dictionary<ulong, double>();
        foreach (Measurement run in other.Runs)
        {
            if (run[metric] is { } value) bySeed[run.Key.Seed] = value;
        }

        var pairs = new List<(double, double)>();
        foreach (Measurement run in Runs)
        {
            if (run[metric] is { } value && bySeed.TryGetValue(run.Key.Seed, out double paired))
            {
                pairs.Add((value, paired));
            }
        }

        return pairs;
    }

    private static string TwiceText(RunKey key) => string.Create(
        CultureInfo.InvariantCulture, $"Set {key.Set} has two runs under seed {key.Seed}.");
}
