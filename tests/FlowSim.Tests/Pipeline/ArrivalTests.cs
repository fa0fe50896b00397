using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Pipeline;

/// <summary>When clients call, and whom.</summary>
public sealed class ArrivalTests
{
    private static readonly NodeSpec[] Nodes =
    [
        new("consensus", Role.Consensus, 1, 0, "o"), new("access-1", Role.Access, 1, 0, "o"),
        new("access-2", Role.Access, 1, 0, "o"),
    ];

    [TestCase(ArrivalShape.Constant, 1)]
    [TestCase(ArrivalShape.Poisson, 1)]
    [TestCase(ArrivalShape.Bursts, 5)]
    public void Calls_come_at_the_rate_asked_for(ArrivalShape shape, int burst)
    {
        List<(double At, int Node, ulong Id)> calls = Calls(Work with { Shape = shape, BurstSize = burst });
        Assert.That(calls, Has.Count.InRange(19_000, 21_000));
        Assert.That(calls.Select(call => call.Id), Is.Unique);
        Assert.That(calls.Count(call => call.Node == 1), Is.InRange(9_300, 10_700));
        double[] gaps = [.. calls.Skip(1).Zip(calls, (later, earlier) => later.At - earlier.At)];
        double spread = gaps.Average(gap => Math.Pow(gap - 0.05, 2)) / (0.05 * 0.05);
        // Squared coefficient of variation: 0 for constant gaps, 1 for Poisson, 2b - 1 for Poisson bursts of b.
        Assert.That(spread, Is.EqualTo(shape switch
        {
            ArrivalShape.Constant => 0,
            ArrivalShape.Poisson => 1,
            _ => 2 * burst - 1,
        }).Within(0.1 * burst));
    }

    [Test]
    public void The_same_seed_brings_the_same_calls_and_another_one_others()
    {
        List<(double At, int Node, ulong Id)> first = Calls(Work);
        Assert.That(Calls(Work), Is.EqualTo(first));
        Assert.That(Calls(Work, seed: 2), Is.Not.EqualTo(first));
    }

    [Test]
    public void Nobody_calls_without_a_rate_or_outside_the_window()
    {
        Assert.That(Calls(Work with { CallsPerThousandSeconds = 0 }), Is.Empty);
        List<(double At, int Node, ulong Id)> calls =
            Calls(Work with { From = SimTime.FromSeconds(100), Until = SimTime.FromSeconds(200) });
        Assert.That(calls.Select(call => call.At), Is.All.InRange(100, 200));
        Assert.That(calls, Has.Count.InRange(1_800, 2_200));
    }

    private static Workload Work => new() { CallsPerThousandSeconds = 20_000 };

    private static List<(double At, int Node, ulong Id)> Calls(Workload workload, ulong seed = 1)
    {
        var agenda = new Agenda(new TimingWheel());
        var arrivals = new Arrivals(agenda, workload, Nodes, new Luck(seed));
        List<(double, int, ulong)> calls = [];
        while (agenda.TryPop(SimTime.FromSeconds(1_000), out Event due))
        {
            calls.Add((due.At.TotalSeconds, due.Node, ((ClientCall)due.Payload!).Id));
            arrivals.Next();
        }

        return calls;
    }
}
