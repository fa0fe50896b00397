using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Statistics;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.ClosedForms;

/// <summary>A quorum is there when its slowest member is: means over runs are those of order statistics.</summary>
/// <remarks>
/// Shown by equivalence at the 5 % level, with a margin of 2 % for means and 10 % for variances, over runs under
/// independent seeds; a run gives the mean, or the variance, over its views. Views per run are so many that a variance
/// has a standard error of some 2 %, with which equality is shown 98 times in 100.
/// </remarks>
public sealed class OrderStatisticTests
{
    private const double Margin = 0.02;
    private const double MarginOfVariance = 0.1;
    private const int Seeds = 20;

    private static readonly ConcurrentDictionary<(int Nodes, Quantiles Way), Legs[]> Made = new();

    private static IEnumerable<Expected> ExponentialMeans =>
        Expected.Rows("OS-EXP").Where(row => !row.Id.Contains("VAR", StringComparison.Ordinal));

    private static IEnumerable<Expected> Variances => Expected.Rows("OS-EXP-VAR");

    private static IEnumerable<Expected> UniformMeans => Expected.Rows("OS-UNI");

    private static IEnumerable<Expected> ViewTimes => Expected.Rows("VIEW-ERL2");

    [TestCaseSource(nameof(ExponentialMeans))]
    public void The_kth_node_has_the_proposal_after_the_kth_exponential(Expected row) =>
        AssertMean(row, MeansOfKth(row, Legs.Exponential), Margin);

    [TestCaseSource(nameof(UniformMeans))]
    public void The_kth_node_has_the_proposal_after_the_kth_uniform(Expected row) =>
        AssertMean(row, MeansOfKth(row, Legs.Uniform), Margin);

    [TestCaseSource(nameof(Variances))]
    public void Its_variance_is_that_of_the_kth_exponential(Expected row) => AssertMean(row,
        [.. Runs(row["n"] + 1, Legs.Exponential).Select(run => Variance(Kth(run, row["k"])))], MarginOfVariance);

    /// <summary>One node more than in the row: proposer, collector, and n − 1 who vote by the network.</summary>
    [TestCaseSource(nameof(ViewTimes))]
    public void The_votes_of_a_quorum_are_with_the_next_leader_after_two_legs(Expected row) =>
        AssertMean(row,
            [.. Runs(row["n"] + 1, Legs.Exponential).Select(run =>
                run.Views.Average(view => view.Votes[row["q"] - 2]))],
            Margin);

    /// <summary>
    /// The proposal carries its leader's vote and brings about the collector's own, so q − 2 of n − 2 have to come, and
    /// the proposal itself: the mean of the greater of the two.
    /// </summary>
    [TestCaseSource(nameof(ViewTimes))]
    public void The_qc_is_assembled_with_the_last_vote_it_needs(Expected row)
    {
        double expected = MeanOfQc(row["n"], row["q"]);
        AssertMean(new Expected("QC of " + row.Id, expected),
            [.. Runs(row["n"], Legs.Exponential).Select(run => run.Views.Average(view => view.Qc))], Margin);
    }

    [Test]
    public void One_node_more_or_less_is_another_number()
    {
        Expected row = Expected.Rows("OS-EXP-94-63").Single();
        Legs[] runs = Runs(row["n"] + 1, Legs.Exponential);
        foreach (int other in (int[])[row["k"] - 1, row["k"] + 1])
        {
            double[] values = [.. runs.Select(run => Kth(run, other).Average())];
            Assert.That(Equivalence.Of(values, row.Value, Margin * row.Value, "s")!.IsShown, Is.False);
        }
    }

    private static double[] Kth(Legs run, int k) => [.. run.Views.Select(view => view.Proposals[k - 1])];

    private static double[] MeansOfKth(Expected row, Quantiles way) =>
        [.. Runs(row["n"] + 1, way).Select(run => Kth(run, row["k"]).Average())];

    /// <summary>Small committees vary more and cost less.</summary>
    private static Legs[] Runs(int nodes, Quantiles way) => Made.GetOrAdd((nodes, way), key =>
        Legs.Runs(Seeds, nodes, nodes <= 5 ? 1_000UL : nodes <= 11 ? 400UL : 200UL, way));

    private static void AssertMean(Expected row, double[] values, double margin)
    {
        Equivalence equivalence = Equivalence.Of(values, row.Value, margin * row.Value, "s")!;
        TestContext.Out.WriteLine($"{row.Id}: {equivalence.Estimate.ToText(4)}, closed form {row.Value:F4}, "
            + FormattableString.Invariant($"p = {equivalence.P:G2} for a margin of {margin:P0}"));
        Assert.That(equivalence.IsShown);
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    /// <summary>∫ 1 − P(proposal by t) P(q − 2 of n − 2 Erlang(2) by t) dt, by the trapezoidal rule.</summary>
    private static double MeanOfQc(int n, int q)
    {
        const double step = 1e-3;
        double sum = 0.5;
        for (double t = step; t < 40; t += step)
        {
            double voted = 1 - (1 + t) * Math.Exp(-t);
            sum += 1 - (1 - Math.Exp(-t)) * AtLeast(q - 2, n - 2, voted);
        }

        return sum * step;
    }

    private static double AtLeast(int k, int n, double p) =>
        1 - MathNet.Numerics.Distributions.Binomial.CDF(p, n, k - 1);
}
