using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class ChainMetricTests
{
    [Test]
    public void SkippedViewsAndOrphansAreLostAndTheTailIsUndecided()
    {
        var run = new ObservedRun();
        // View 3 is skipped, view 5's block is orphaned, views 9 and 10 are not decided yet.
        foreach (ulong view in (ulong[])[1, 2, 4, 5, 6, 7, 8, 9, 10])
        {
            run.EnterAll(view, view);
            run.Publish(0, view, view);
        }

        foreach (ulong view in (ulong[])[1, 2, 4, 6, 7, 8]) run.FinalizeAll(view + 2, view);
        Measurement measured = run.End(10.5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["lost-views"], Is.EqualTo(1000.0 * 2 / 8).Within(1e-9));
            Assert.That(measured["undecided-views"], Is.EqualTo(2));
            Assert.That(measured["finality-p99"], Is.EqualTo(2).Within(1e-9));
            Assert.That(measured.Finality.Total, Is.EqualTo(18));
            Assert.That(measured.Views.Rows[4].Finalized, Is.False);
            Assert.That(measured.Views.Rows[5].Finalized, Is.True);
            Assert.That(measured.Views.Rows[2].Leader, Is.EqualTo(-1));
            Assert.That(measured.Views.Rows, Has.Count.EqualTo(10));
        }
    }

    [Test]
    public void TheFirstNodesFinalityCountsABlockOnce()
    {
        var run = new ObservedRun(warmup: 1);
        run.Publish(0, 1, 1);
        run.Finalize(1, 5, 1);
        run.Publish(0, 10, 2);
        run.Finalize(1, 11, 2);
        run.Finalize(2, 14, 2);
        run.Publish(0, 20, 3);
        run.Finalize(2, 23, 3);
        run.Finalize(0, 29, 3);
        Measurement measured = run.End(30);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["first-finality"], Is.EqualTo(2).Within(1e-9));
            Assert.That(measured["first-finality-p50"], Is.EqualTo(1).Within(0.0011));
            Assert.That(measured["first-finality-p99"], Is.EqualTo(3).Within(0.0011));
        }
    }

    [Test]
    public void TwoBlocksOfOneViewAreToldApart()
    {
        var run = new ObservedRun();
        run.Publish(0, 1, 1, salt: 0);
        run.Publish(0, 1.5, 1, salt: 1);
        run.Finalize(1, 3, 1, salt: 1);
        Measurement measured = run.End(4);
        Assert.That(measured["finality-p50"], Is.EqualTo(1.5).Within(1e-9));
    }

    [Test]
    public void AFinalityNobodyCanTimeSilencesTheQuantiles()
    {
        var run = new ObservedRun();
        run.Publish(0, 1, 1);
        run.FinalizeAll(2, 1);
        run.FinalizeAll(3, 2);
        Assert.That(run.End(4)["finality-p50"], Is.Null);
    }

    [Test]
    public void BlockRateOfASteadyChainIsExact()
    {
        var run = new ObservedRun(warmup: 1);
        for (ulong view = 1; view <= 9; view++)
        {
            run.EnterAll(0.8 * view, view);
            run.FinalizeAll(0.8 * view + 1.6, view);
        }

        Measurement measured = run.End(9.0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["block-rate"], Is.EqualTo(1.25).Within(1e-9));
            Assert.That(measured["lost-views"], Is.Zero);
        }
    }

    [Test]
    public void AGapRunsFromOneNewBlockToTheNextAtAnyNode()
    {
        var run = new ObservedRun(warmup: 2);
        run.EnterAll(1, 1);
        run.EnterAll(50, 3);
        run.Finalize(0, 51, 1);
        run.Finalize(1, 53, 1);
        run.Finalize(1, 53.5, 3);
        run.Finalize(2, 54.9, 3);
        // 50 → 51 → 53.5 → end.
        Assert.That(run.End(55)["longest-finality-gap"], Is.EqualTo(2.5).Within(1e-9));
    }

    [Test]
    public void AChainThatHaltsIsNotFast()
    {
        var run = new ObservedRun();
        run.EnterAll(1, 1);
        for (ulong view = 1; view <= 5; view++) run.FinalizeAll(view, view);
        Measurement measured = run.End(101);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured["block-rate"], Is.EqualTo(0.04).Within(1e-9));
            Assert.That(measured["longest-finality-gap"], Is.EqualTo(96).Within(1e-9));
        }
    }

    /// <summary>Nodes enter the first view without a word: who never leaves it says nothing at all.</summary>
    [TestCase(10.0, 0UL, 0.0, 10.0)]
    [TestCase(9.5, 0UL, null, 9.5)]
    [TestCase(100.0, 1UL, null, null)]
    public void AChainThatNeverStartsHasARateAndAGap(double end, ulong warmup, double? rate, double? gap)
    {
        Measurement measured = new ObservedRun(warmup).End(end);
        Assert.That(measured["block-rate"], Is.EqualTo(rate));
        Assert.That(measured["longest-finality-gap"], Is.EqualTo(gap));
    }

    [TestCase(11.5, 0.0)]
    [TestCase(10.5, null)]
    public void NoBlockAtAllIsARateOfZeroOnlyAfterAPatientWait(double end, double? expected)
    {
        var run = new ObservedRun();
        run.EnterAll(1, 1);
        Assert.That(run.End(end)["block-rate"], Is.EqualTo(expected));
    }

    [Test]
    public void ALongSeriesKeepsEveryKthView()
    {
        var builder = new ViewSeriesBuilder(capacity: 4);
        for (ulong view = 10; view < 30; view++) builder.Add(new ViewRow { View = view });
        ViewSeries series = builder.Build();
        var views = new List<ulong>();
        foreach (ViewRow row in series.Rows) views.Add(row.View);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(series.Stride, Is.EqualTo(8));
            Assert.That(views, Is.EqualTo(new ulong[] { 10, 18, 26 }));
        }
    }

    [Test]
    public void TheWindowForgetsInOrderAndIgnoresLatecomers()
    {
        var retired = new List<ulong>();
        var window = new ViewWindow(5, (in ViewSlot slot) => retired.Add(slot.View), capacity: 4);
        window.At(7).Entries = 1;
        window.At(10).Entries = 1;
        window.At(6).Entries = 9;
        Assert.That(window.At(6).Entries, Is.Zero);
        window.Close();
        Assert.That(retired, Is.EqualTo(new ulong[] { 5, 6, 7, 8, 9, 10 }));
    }
}
