using FlowSim.Analysis.Metrics;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class ScheduleMetricTests
{
    [Test]
    public void AnEpochEndsWithTheFirstLaterBlock()
    {
        var run = new ObservedRun();
        for (int node = 0; node < 3; node++)
        {
            run.Incorporate(node, 9, 10);
            run.Incorporate(node, 10.5 + 0.1 * node, 12);
            run.Incorporate(node, 13, 13);
        }

        Measurement measured = run.End(14);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["epoch-end-error"], Is.EqualTo(0.6).Within(1e-9));
            Assert.That(measured["worst-epoch-end-error"], Is.EqualTo(0.6).Within(1e-9));
        }
    }

    [TestCase(2)]
    [TestCase(0)]
    public void AnUnfinishedEpochHasNoError(int nodesThatGotThere)
    {
        var run = new ObservedRun();
        for (int node = 0; node < 3; node++) run.Observe(node, 1, 1, 0.5);
        for (int node = 0; node < nodesThatGotThere; node++) run.Incorporate(node, 10.5, 11);
        Measurement measured = run.End(14);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["epoch-end-error"], Is.Null);
            Assert.That(measured["controller-iae"], Is.Null);
            Assert.That(measured["controller-error-max"], Is.EqualTo(0.5));
        }
    }

    [Test]
    public void TwoEpochsAverageTheirErrorsAndTheWorseOneIsNamed()
    {
        var run = new ObservedRun();
        for (int node = 0; node < 3; node++)
        {
            run.Incorporate(node, 11, 11);
            run.Incorporate(node, 17, 21);
        }

        Measurement measured = run.End(24);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["epoch-end-error"], Is.EqualTo(-1).Within(1e-9));
            Assert.That(measured["worst-epoch-end-error"], Is.EqualTo(-3).Within(1e-9));
        }
    }

    [Test]
    public void TheErrorIntegralHoldsEachErrorUntilTheNextObservation()
    {
        var run = new ObservedRun(warmup: 1);
        Observe(run, 1, 1, 100);
        Observe(run, 2, 2, 0.5);
        Observe(run, 3, 3, -1);
        // View 4 has no block: its time belongs to view 3.
        Observe(run, 5.5, 5, 2);
        Observe(run, 6, 11, 7);
        for (int node = 0; node < 3; node++) run.Incorporate(node, 6, 11);
        Measurement measured = run.End(7);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["controller-iae"], Is.EqualTo(0.5 * 1 + 1 * 2.5 + 2 * 0.5).Within(1e-9));
            Assert.That(measured["controller-error-max"], Is.EqualTo(7).Within(1e-9));
            Assert.That(measured["controller-error-min"], Is.EqualTo(-1).Within(1e-9));
            Assert.That(measured["controller-error-spread"], Is.EqualTo(0.2).Within(1e-9));
            Assert.That(measured.Views.Rows[2].ErrorSeconds, Is.EqualTo(-1).Within(1e-9));
            Assert.That(measured.Views.Rows[2].TargetSeconds, Is.EqualTo(0.8).Within(1e-9));
            Assert.That(measured.Views.Rows[3].ErrorSeconds, Is.NaN);
        }
    }

    [Test]
    public void LimitsCountObservationsAtTheLimit()
    {
        var run = new ObservedRun();
        run.Observe(0, 1, 1, 0, targetMs: 910);
        run.Observe(1, 1, 1, 0, targetMs: 910);
        run.Observe(2, 1, 1, 0, targetMs: 125);
        run.Observe(0, 2, 2, 0, targetMs: 909);
        run.Observe(ObservedRun.Follower, 2, 2, 0, targetMs: 910);
        Measurement measured = run.End(3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["at-max-view-duration"], Is.EqualTo(0.5));
            Assert.That(measured["at-min-view-duration"], Is.EqualTo(0.25));
            Assert.That(measured["target-view-duration"], Is.EqualTo((910 + 910 + 125 + 909) / 4000.0).Within(1e-9));
        }
    }

    /// <summary>Node 2 was down from view 2 to 20 and takes in at 21 s what it missed, a block a millisecond.</summary>
    [Test]
    public void WhoCatchesUpIsNotTheNetworksError()
    {
        var run = new ObservedRun();
        Observe(run, 1, 1, 0);
        for (ulong view = 2; view <= 20; view++)
        {
            run.Observe(0, view, view, 0.3);
            run.Observe(1, view, view, 0.5);
        }

        for (ulong view = 2; view <= 20; view++) run.Observe(2, 21 + 0.001 * view, view, 21 - view, targetMs: 125);
        Observe(run, 22, 21, 0);
        for (int node = 0; node < 3; node++) run.Incorporate(node, 22, 21);
        Measurement measured = run.End(23);
        using (Assert.EnterMultipleScope())
        {
            // Two views behind it is one of them again.
            Assert.That(measured["controller-error-max"], Is.EqualTo((0.3 + 0.5 + 3) / 3).Within(1e-9));
            Assert.That(measured.Views.Rows[16].ErrorSeconds, Is.EqualTo(0.4).Within(1e-9), "view 17");
            Assert.That(measured.Views.Rows[17].ErrorSeconds, Is.EqualTo((0.3 + 0.5 + 3) / 3).Within(1e-9), "view 18");
            Assert.That(measured["at-min-view-duration"], Is.EqualTo(3.0 / 47).Within(1e-9));
        }
    }

    /// <summary>Errors 0.1 s below, at and above the mean.</summary>
    private static void Observe(ObservedRun run, double at, ulong view, double error)
    {
        for (int node = 0; node < 3; node++) run.Observe(node, at, view, error + 0.1 * (node - 1));
    }
}
