using FlowSim.Analysis.Metrics;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class ViewMetricTests
{
    [Test]
    public void MeanViewTimeCountsSkippedViewsAndLeavesTheWarmUpOut()
    {
        var run = new ObservedRun(warmup: 2);
        run.EnterAll(0, 1);
        run.EnterAll(50, 2);
        run.EnterAll(100, 3);
        run.Enter(0, 101, 4, 3);
        run.Enter(1, 101.3, 4, 3);
        run.Enter(0, 103, 7, 4);
        run.Enter(1, 103.3, 7, 4);
        run.Enter(2, 103.6, 7, 3);
        Measurement measured = run.End(110);
        using (Assert.EnterMultipleScope())
        {
            // (3 + 3.3 + 3.6) s over 3 × 4 views; the longest counted stay is node 2's in view 3.
            Assert.That(measured["mean-view-time"], Is.EqualTo(9.9 / 12).Within(1e-12));
            Assert.That(measured["view-time-p99"], Is.EqualTo(3.6).Within(DurationHistogram.BinSeconds));
            Assert.That(measured.Views.Rows[0].DurationSeconds, Is.EqualTo(50).Within(1e-12));
        }
    }

    [Test]
    public void AViewNobodyLeavesHasNoDuration()
    {
        var run = new ObservedRun();
        run.EnterAll(1, 1);
        Measurement measured = run.End(50);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["mean-view-time"], Is.Null);
            Assert.That(measured["view-time-p50"], Is.Null);
            Assert.That(measured["views-left-by-tc"], Is.Null);
            Assert.That(measured.Views.Rows[0].DurationSeconds, Is.NaN);
        }
    }

    /// <summary>At the end of a run only the next leader has left the view; its stay is not the view's.</summary>
    [Test]
    public void AViewThatSomeHaveNotLeftHasNoDuration()
    {
        var run = new ObservedRun();
        run.EnterAll(1, 1);
        run.Enter(0, 1.2, 2, 1);
        Assert.That(run.End(50).Views.Rows[0].DurationSeconds, Is.NaN);
    }

    [Test]
    public void FollowersDoNotCount()
    {
        var run = new ObservedRun();
        run.EnterAll(1, 1);
        run.Enter(ObservedRun.Follower, 1, 1, 0);
        run.EnterAll(2, 2);
        run.Enter(ObservedRun.Follower, 90, 2, 1);
        Assert.That(run.End(100)["mean-view-time"], Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void TimeInAViewIsANodesOwn()
    {
        var run = new ObservedRun();
        run.EnterAll(1, 1);
        run.Enter(0, 1.5, 2, 1);
        run.Enter(1, 2.0, 2, 1);
        run.Enter(2, 4.0, 3, 1);
        run.Enter(0, 4.5, 3, 2);
        run.Enter(1, 5.0, 3, 2);
        Measurement measured = run.End(6);
        // Stays: 0.5, 1, 3 in view 1 and 3, 3 in view 2.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["view-time-p50"], Is.EqualTo(3).Within(DurationHistogram.BinSeconds));
            Assert.That(measured["view-time-p99"], Is.EqualTo(3).Within(1e-12));
            Assert.That(measured.Views.Rows[0].DurationSeconds, Is.EqualTo(1.5).Within(1e-12));
            Assert.That(measured.Views.Rows[1].EnteredSeconds, Is.EqualTo(1.75).Within(1e-12));
        }
    }

    [Test]
    public void ViewsLeftThroughATcCountByShareOfNodes()
    {
        var run = new ObservedRun();
        run.EnterAll(1, 1);
        run.EnterAll(2, 2);
        run.Enter(0, 4, 3, 2, byTc: true);
        run.Enter(1, 4, 3, 2, byTc: true);
        run.Enter(2, 4, 3, 2);
        for (ulong tick = 0; tick < 3; tick++) run.TimeOut(0, 3 + tick, 2, tick);
        run.TimeOut(1, 3, 2);
        Measurement measured = run.End(5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["views-left-by-tc"], Is.EqualTo(1000.0 * 2 / 6).Within(1e-9));
            Assert.That(measured["local-timeouts"], Is.EqualTo(1000.0 * 2 / 9).Within(1e-9));
        }
    }

    [Test]
    public void PublicationDelayAndRuntimeAddUpToTheViewTime()
    {
        var run = new ObservedRun();
        for (ulong view = 1; view <= 5; view++) run.EnterAll(0.8 * view, view);
        run.Publish(0, 0.8, 1, delay: 0);
        run.Publish(1, 1.8, 2, delay: 0.2);
        run.Publish(2, 2.8, 3, delay: 0.4);
        run.Publish(0, 3.8, 4, delay: 0.6);
        Measurement measured = run.End(4.1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["publication-delay"], Is.EqualTo(0.3).Within(1e-9));
            Assert.That(measured["publication-delay-p50"], Is.EqualTo(0.2).Within(0.0011));
            Assert.That(measured["publication-delay-p1"], Is.Zero.Within(DurationHistogram.BinSeconds));
            Assert.That(measured["undelayed-proposals"], Is.EqualTo(0.25));
            Assert.That(measured["protocol-runtime"], Is.EqualTo(0.5).Within(1e-9));
            Assert.That(measured.Views.Rows[1].DelaySeconds, Is.EqualTo(0.2).Within(1e-9));
            Assert.That(measured.Views.Rows[1].Leader, Is.EqualTo(1));
        }
    }
}
