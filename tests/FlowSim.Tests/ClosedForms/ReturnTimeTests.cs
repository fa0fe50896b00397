using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Statistics;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Tests.Upgrades;
using FlowSim.Upgrades;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace FlowSim.Tests.ClosedForms;

/// <summary>Execution goes on when the second of the nodes is back that ended together (O5); a crash brings a staged
/// image up early (O7).</summary>
public sealed class ReturnTimeTests
{
    private const double Median = 300;
    private const double Sigma = 0.6;
    private static readonly double[] Probabilities = [0.5, 0.9, 0.99];

    /// <remarks>The rounded figures are of a simulation, hence 2 %.</remarks>
    [TestCase(4, 2, 252, 398, 573)]
    [TestCase(5, 2, 224, 340, 472)]
    [TestCase(7, 2, 192, 280, 375)]
    [TestCase(5, 5, 591, 1022, 1658)]
    public void The_closed_form_has_the_figures(int nodes, int back, params double[] expected) => Assert.That(
        Probabilities.Select(p => QuantileOf(nodes, back, p)), Is.EqualTo(expected).Within(2).Percent);

    /// <summary>Times are below a closed-form quantile with its probability, equivalent within 2.5 points, and their
    /// mean is within 2 %; 10,000 updates, with which equality is shown 999 times in 1,000.</summary>
    [TestCase(5, 2, 5)]
    [TestCase(7, 2)]
    public void Operators_take_as_long(int nodes, params int[] backs)
    {
        List<double>[] updates = [.. Enumerable.Range(1, 10_000).Select(seed => Back(nodes, (ulong)seed))];
        foreach (int back in backs)
        {
            double[] times = [.. updates.Select(update => update[back - 1])];
            foreach (double p in Probabilities)
            {
                double bound = QuantileOf(nodes, back, p);
                AssertEquivalent([.. times.Select(time => time <= bound ? 1.0 : 0.0)], p, 0.025);
            }

            double mean = Enumerable.Range(0, 2_000).Average(i => QuantileOf(nodes, back, (i + 0.5) / 2_000));
            AssertEquivalent(times, mean, 0.02 * mean);
        }
    }

    /// <summary>1 - e^(-λL) for a lead L, equivalent within 2.5 points: 60 updates of 200 nodes, restarts at once.
    /// </summary>
    [TestCase(1_000)]
    [TestCase(3_000)]
    public void A_crash_with_the_image_staged_brings_it_up_early(int secondsBetween)
    {
        const int lead = 1_000;
        double expected = 1 - Math.Exp(-lead / (double)secondsBetween);
        AssertEquivalent([.. Enumerable.Range(1, 60).Select(seed => EarlyShare(lead, secondsBetween, (ulong)seed))],
            expected, 0.025);
    }

    private static void AssertEquivalent(double[] values, double expected, double margin)
    {
        Equivalence test = Equivalence.Of(values, expected, margin, "")!;
        TestContext.Out.WriteLine($"{test.Estimate.ToText(4)}, closed form {expected:F4}");
        Assert.That(test.IsShown, $"{test.Estimate.ToText(4)}, closed form {expected:F4}");
    }

    private static double EarlyShare(int lead, int secondsBetween, ulong seed)
    {
        SimTime height = SimTime.FromSeconds(2_000);
        NodeSpec[] nodes = Executors(200);
        var run = new Operated(SomeUpgrade.Spec with
        {
            Rollouts =
            [
                new Rollout(1, new NodeSet(nodes.Length, Enumerable.Range(0, nodes.Length)), height)
                {
                    Lead = SimDuration.FromSeconds(lead),
                },
            ],
            Operators = SomeUpgrade.Spec.Operators with
            {
                Downtime = Quantiles.Constant(0),
                Crashes = [new CrashRate(Role.Execution, SimDuration.FromSeconds(secondsBetween))],
            },
        }, nodes, seed).Until(height + SimDuration.FromSeconds(1));
        return run.Starts.Where(start => start.Image == 1 && start.At < height).Select(start => start.Node).Distinct()
            .Count() / (double)nodes.Length;
    }

    /// <summary>When nodes that ended together are back, ascending, seconds.</summary>
    private static List<double> Back(int count, ulong seed)
    {
        SimTime end = SimTime.FromSeconds(100);
        UpgradeSpec spec = SomeUpgrade.Spec with
        {
            Releases = [new Release(SimTime.Zero, 1)], Operators = OperatorSpec.Assumed,
        };
        var run = new Operated(spec, Executors(count), seed);
        for (int node = 0; node < count; node++) run.Ending(end, node, StopCause.Outdated);
        return [.. run.Until(SimTime.FromSeconds(100_000)).Starts.Where(start => start.Image == 1)
            .Select(start => (start.At - end).TotalSeconds).Order()];
    }

    private static NodeSpec[] Executors(int count) => [.. Enumerable.Range(0, count).Select(i =>
        new NodeSpec($"execution-{i:000}", Role.Execution, 100, 0, "operator"))];

    /// <summary>Of the k-th of n independent lognormal times: its probability is Beta(k, n - k + 1).</summary>
    private static double QuantileOf(int nodes, int back, double probability) => Median
        * Math.Exp(Sigma * Normal.InvCDF(0, 1, Beta.InvCDF(back, nodes - back + 1, probability)));
}
