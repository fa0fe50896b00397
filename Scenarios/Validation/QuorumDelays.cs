using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Validation;

/// <summary>How long a quorum takes when every leg is exponential: order statistics.</summary>
internal sealed class QuorumDelays : IFigureFamily
{
    private const ulong Views = 1_500;
    private const int Seeds = 16;

    public string Id => "quorum-delays";

    public string Title => "View time over exponential links";

    public string Setup =>
        "Equal nodes, one-way legs exponential with mean 1 s, no processing, proposals at once, a timeout too long to "
        + "matter; 16 seeds of 1,500 views. The form is the (q-1)-th of n-1 sums of two legs (rows VIEW-ERL2).";

    public FamilyResult Measure(Workbench bench)
    {
        List<Finding> findings = [];
        foreach (int nodes in (int[])[4, 10, 50, 94])
        {
            RunSpec[] specs = [.. Enumerable.Range(1, Seeds).Select(seed => Spec(nodes, (ulong)seed))];
            double[] runs = bench.Each(specs, measured => measured[MetricCatalogue.MeanViewTime.Name]!.Value);
            string row = string.Create(CultureInfo.InvariantCulture, $"VIEW-ERL2-{nodes}");
            double expected = ClosedForms.Value(row);
            findings.Add(Finding.Of(new Figure(row, $"mean view time, {nodes} nodes, s", "closed form", expected,
                0.03 * expected), runs, Why));
            double refined = OwnLeg(nodes);
            findings.Add(Finding.Of(new Figure($"{row}-own-leg", "the same, the next leader's own leg counted, s",
                "closed form", refined, 0.03 * refined), runs, Rest));
        }

        return new FamilyResult(findings, []);
    }

    private const string Why =
        "the form lets every vote take two legs and the next leader know the block from the start; in the protocol its "
        + "own vote takes one leg, and it cannot certify a block that has not reached it, which costs more in a large "
        + "committee. The row after it counts both";

    private const string Rest =
        "a block that overtakes its parent waits for it at its receiver, which the form leaves out";

    /// <summary>
    /// The mean of max(L, X): L the next leader's own leg, X the (q-2)-th of n-2 sums of two legs, as proposer and next
    /// leader vote without more delay; when the same node leads twice, the published form.
    /// </summary>
    private static double OwnLeg(int nodes)
    {
        const double Step = 0.001;
        int quorum = 2 * nodes / 3 + 1;
        double mean = 0;
        for (double t = Step / 2; t < 40; t += Step)
        {
            double twoLegs = 1 - Math.Exp(-t) * (1 + t);
            double other = (1 - Math.Exp(-t)) * AtLeast(quorum - 2, nodes - 2, twoLegs);
            double same = AtLeast(quorum - 1, nodes - 1, twoLegs);
            mean += Step * (1 - other + (other - same) / nodes);
        }

        return mean;
    }

    /// <summary>Chance of so many successes or more.</summary>
    private static double AtLeast(int successes, int trials, double chance)
    {
        double sum = 0;
        double term = Math.Pow(chance, trials);
        for (int k = trials; k >= successes; k--)
        {
            sum += term;
            term *= k * (1 - chance) / ((trials - k + 1) * chance);
        }

        return sum;
    }

    private static RunSpec Spec(int nodes, ulong seed)
    {
        const ulong EpochViews = 10 * Views;
        RunSpec world = IdealWorld.Of(nodes, seed, Views,
            new EpochTiming(default, new View(EpochViews - 1), EpochViews, EpochViews));
        return world with
        {
            Network = IdealWorld.Latency(p => -1e9 * DeterministicMath.Log(1 - p)),
            CruiseControl = world.CruiseControl with { Enabled = false, FallbackProposalDelay = SimDuration.Zero },
            Pacemaker = world.Pacemaker with
            {
                MinTimeout = SimDuration.FromSeconds(600), MaxTimeout = SimDuration.FromSeconds(600),
            },
        };
    }
}
