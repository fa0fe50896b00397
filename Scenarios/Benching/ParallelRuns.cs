using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using FlowSim.Analysis.Statistics;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Benching;

/// <summary>The same work on each of two cores alone and on both at once: what a second core is worth.</summary>
/// <remarks>
/// Two cores of a machine that others share may differ by half, and change places in minutes. So each worker is kept
/// to its core and compared with itself alone there, rather than two workers with twice whichever core one worker was
/// given. Cores may also share caches, memory or the very execution units: the bare loop shares nothing and allocates
/// nothing, so what it loses is the machine's doing.
/// </remarks>
public static class ParallelRuns
{
    private const int Workers = 2;

    /// <summary>The bare loop is that much shorter than a run.</summary>
    private const int BareLoops = 4;

    /// <summary>Measures; wall-clock time decides here, so another load on the machine shows.</summary>
    /// <exception cref="WorkerLostException">A worker ended.</exception>
    public static BenchTable Measure(BenchPlan plan, CancellationToken cancel)
    {
        Worker[] workers = [.. Enumerable.Range(0, Workers).Select(_ => new Worker(WorkerVerb.Chores))];
        try
        {
            string where = Place(workers);
            Rounds runs = new(workers, new Chore(plan.WeekViews, 0, 1), cancel);
            Rounds bare = new(workers, new Chore(0, BareLoops * plan.HoldEvents, 1), cancel);
            for (int round = 0; round < plan.Rounds; round++)
            {
                runs.Next();
                bare.Next();
            }

            return new BenchTable("parallel", "Two runs at a time, 94 nodes, oracles on; and two bare loops",
                ["unit", "worker", "1000 units/s alone", "at once", "CPU ns/unit alone", "at once"],
                [.. runs.RowsOf("message of a run"), .. bare.RowsOf("event of a bare loop")],
                [
                    FormattableString.Invariant($"a run has {plan.WeekViews} views; {where}, both warm; ")
                        + "seconds are of wall-clock time; rounds: one alone, both, the other alone",
                    "two workers at once do, of what each does alone on its core (median of n rounds, 95 % interval): "
                        + $"{runs.Efficiency}; two bare loops {bare.Efficiency}",
                    "starting a worker and compiling, once per batch, and writing reports are left out",
                ]);
        }
        finally
        {
            foreach (Worker worker in workers) worker.Dispose();
        }
    }

    private static string Place(Worker[] workers)
    {
        if (Cores.Usable.Count < Workers)
            return Cores.CanBeChosen ? "only one core may be used" : "workers go where the system puts them";
        for (int i = 0; i < Workers; i++) workers[i].KeepTo(Cores.Usable[i]);
        return FormattableString.Invariant($"workers are kept to cores {Cores.Usable[0]} and {Cores.Usable[1]}");
    }

    /// <summary>One chore, again and again, by each worker alone and by all at once.</summary>
    private sealed class Rounds
    {
        private readonly Worker[] workers;
        private readonly Chore chore;
        private readonly CancellationToken cancel;
        private readonly List<Pace>[] alone = [.. Enumerable.Range(0, Workers).Select(_ => new List<Pace>())];
        private readonly List<Pace>[] atOnce = [.. Enumerable.Range(0, Workers).Select(_ => new List<Pace>())];

        /// <summary>Has everybody do it once, so that compiling does not count.</summary>
        public Rounds(Worker[] workers, Chore chore, CancellationToken cancel)
        {
            (this.workers, this.chore, this.cancel) = (workers, chore, cancel);
            Together();
        }

        /// <summary>Units per second at once in percent of the sum of those alone, round by round.</summary>
        public string Efficiency =>
            Text(Median.Of([.. Enumerable.Range(0, alone[0].Count).Select(EfficiencyIn)], "%")!);

        public IEnumerable<IReadOnlyList<object>> RowsOf(string unit) => Enumerable.Range(0, Workers).Select(
            i => new object[]
            {
                unit, (i + 1).ToString(CultureInfo.InvariantCulture),
                Rates(alone[i]), Rates(atOnce[i]), Costs(alone[i]), Costs(atOnce[i]),
            });

        /// <summary>Who begins alternates, so that a machine that slows down favours nobody.</summary>
        public void Next()
        {
            int first = alone[0].Count % Workers;
            Alone(first);
            Pace[] paces = Together();
            for (int i = 0; i < Workers; i++) atOnce[i].Add(paces[i]);
            Alone(Workers - 1 - first);
        }

        private double EfficiencyIn(int round) =>
            100 * atOnce.Sum(paces => paces[round].Rate) / alone.Sum(paces => paces[round].Rate);

        private void Alone(int i) => alone[i].Add(BenchAnswers.Ask(workers[i], chore, cancel));

        private Pace[] Together()
        {
            Pace[] paces = new Pace[Workers];
            Crew.Share([.. Enumerable.Range(0, Workers)], Workers, (hand, _, stop) =>
            {
                paces[hand] = BenchAnswers.Ask(workers[hand], chore, stop);
                return false;
            }, cancel);
            return paces;
        }

        private static string Text(Estimate share)
        {
            string interval = share.HasInterval
                ? FormattableString.Invariant($"[{share.Low:F1}, {share.High:F1}]")
                : "[no interval]";
            return FormattableString.Invariant($"{share.Value:F1} % {interval} (n={share.N})");
        }

        private static Spread Rates(List<Pace> paces) => Spread.Of(paces.Select(pace => pace.Rate / 1e3));

        private static Spread Costs(List<Pace> paces) => Spread.Of(paces.Select(pace => pace.Cost));
    }
}
