using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using FlowSim.Chain;

namespace FlowSim.Scenarios.Benching;

/// <summary>What whole networks cost: all five roles with transactions, oracles on.</summary>
/// <param name="plan">How much to do.</param>
/// <param name="cancel">Gives up.</param>
public sealed class RolesBench(BenchPlan plan, CancellationToken cancel)
{
    private const int LargestKinds = 5;

    private readonly List<string> notes = [];

    /// <summary>Measures every world at two lengths, so that what grows with simulated time shows.</summary>
    public BenchTable Table()
    {
        List<IReadOnlyList<object>> rows = [];
        foreach (string profile in (string[])["mainnet-2025", "hundreds-each"])
        {
            foreach (long views in (long[])[plan.RolesViews, 2 * plan.RolesViews])
                rows.Add(Row(profile, views));
        }

        return new BenchTable("roles", "All five roles, 20 transactions per second, oracles on",
            [
                "world", "nodes", "views", "messages/block", "1000 messages/CPU-s", "simulated s/CPU-s",
                "peak heap MB", "live heap MB", "peak RSS MB",
            ],
            rows, notes);
    }

    private object[] Row(string profile, long views)
    {
        List<Reading> runs = [];
        RunSpec spec = null!;
        for (int repeat = 1; repeat <= plan.Repeats; repeat++)
        {
            spec = Spec(profile, views, repeat);
            runs.Add(MeasuredRun.Of(spec, true, cancel));
        }

        if (views == plan.RolesViews) notes.Add($"{profile}: {Mix(runs[^1])}");
        return
        [
            profile, spec.Nodes.Count, views, Over(runs, run => (double)run.Messages / run.Decisions),
            Over(runs, run => run.MessagesPerSecond / 1e3), Over(runs, run => run.SimulatedPerSecond),
            Over(runs, run => run.Memory.ManagedPeak / 1e6), Over(runs, run => run.Memory.Live / 1e6),
            Over(runs, run => run.Memory.ResidentPeak / 1e6),
        ];
    }

    /// <summary>The kinds that make most of the messages.</summary>
    private static string Mix(Reading run) => string.Join(", ",
        Enum.GetValues<MessageKind>().OrderByDescending(kind => run.ByKind[(int)kind]).Take(LargestKinds)
            .Select(kind => string.Create(CultureInfo.InvariantCulture,
                $"{kind} {100.0 * run.ByKind[(int)kind] / run.Messages:F0} %")));

    private static RunSpec Spec(string profile, long views, int seed)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $$"""
            format: 1
            scenarios:
              - name: bench
                question: How fast?
                profile: {{profile}}
                epoch: { views: {{5 * (views / 5 + 20)}}, target-view-time: 800ms }
                seeds: [{{seed}}]
                duration: { views: {{views}} }
                sets: [ { name: shipped } ]
            """);
        return Plan.Of(ScenarioFile.Of("bench", text))[0].Spec;
    }

    private static Spread Over(IEnumerable<Reading> runs, Func<Reading, double> figure) =>
        Spread.Of(runs.Select(figure));
}
