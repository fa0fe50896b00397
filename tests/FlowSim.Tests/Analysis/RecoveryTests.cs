using FlowSim.Analysis.Metrics;
using FlowSim.Faults;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class RecoveryTests
{
    private static readonly Window Cut = new(SimTime.FromSeconds(5), SimTime.FromSeconds(10));

    [Test]
    public void RecoveryIsTheViewFromWhichOnTheErrorStaysSmall()
    {
        var run = new ObservedRun(cuts: [Cut, new(SimTime.FromSeconds(1), SimTime.FromSeconds(2))]);
        Observe(run, from: 3, to: 9, error: 0.2);
        Observe(run, from: 11, to: 20, error: 4);
        Observe(run, from: 21, to: 25, error: 0.9);
        Observe(run, from: 26, to: 30, error: -1.2);
        Observe(run, from: 31, to: 80, error: -0.9);
        Measurement measured = run.End(81);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["recovery-time"], Is.EqualTo(31 - 10).Within(1e-9));
            Assert.That(measured["unrecovered"], Is.Zero);
        }
    }

    [TestCase(79, -0.9, Description = "49 views are too few to tell")]
    [TestCase(90, 1.1)]
    public void ARunThatEndsTooEarlyIsCensored(int lastView, double lastError)
    {
        var run = new ObservedRun(cuts: Cut);
        Observe(run, from: 11, to: 30, error: 4);
        Observe(run, from: 31, to: lastView - 1, error: 0.5);
        Observe(run, from: lastView, to: lastView, error: lastError);
        Measurement measured = run.End(100);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["recovery-time"], Is.Null);
            Assert.That(measured["unrecovered"], Is.EqualTo(1));
        }
    }

    [Test]
    public void WithoutAFaultThatEndsThereIsNothingToRecoverFrom()
    {
        foreach (SimTime until in (SimTime[])[SimTime.Never, SimTime.FromSeconds(101)])
        {
            var run = new ObservedRun(cuts: new Window(SimTime.Zero, until));
            Observe(run, from: 1, to: 90, error: 0);
            Measurement measured = run.End(100);
            Assert.That(measured["recovery-time"], Is.Null);
            Assert.That(measured["unrecovered"], Is.Null);
        }
    }

    /// <summary>One view a second, its block observed by two nodes about the mean.</summary>
    private static void Observe(ObservedRun run, int from, int to, double error)
    {
        for (int view = from; view <= to; view++)
        {
            run.Observe(0, view - 0.5, (ulong)view, error - 3);
            run.Observe(1, view + 0.5, (ulong)view, error + 3);
        }
    }
}
