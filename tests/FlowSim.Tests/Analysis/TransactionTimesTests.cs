using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

/// <summary>Times of transactions, and whom they leave out.</summary>
public sealed class TransactionTimesTests
{
    [Test]
    public void Quantiles_are_those_of_the_transactions_old_enough()
    {
        var times = new TransactionTimes();
        for (ulong i = 1; i <= 100; i++) Live(times, i, i, sealedAfter: 0.1 * i);
        IReadOnlyDictionary<string, double> figures = Report(times, 130);
        Assert.That(figures["tx-seal-p50"], Is.EqualTo(5.0).Within(0.11));
        Assert.That(figures["tx-seal-p90"], Is.EqualTo(9.0).Within(0.11));
        Assert.That(figures["tx-finality-p50"], Is.EqualTo(2.5).Within(0.06));
        Assert.That(figures["tx-execution-p50"], Is.EqualTo(1.25).Within(0.03));
        Assert.That(figures["seal-after-execution-p50"], Is.EqualTo(2.5).Within(0.06));
        Assert.That(figures["tx-unfinished"], Is.Zero);
    }

    [Test]
    public void The_last_30_seconds_count_neither_way()
    {
        var times = new TransactionTimes();
        for (ulong i = 1; i <= 10; i++) Live(times, i, 1, sealedAfter: 20);
        for (ulong i = 11; i <= 20; i++) Live(times, i, 75, sealedAfter: 1);
        Assert.That(Report(times, 100)["tx-seal-p90"], Is.EqualTo(20).Within(0.001));
    }

    [Test]
    public void Who_is_not_sealed_counts_as_longest()
    {
        var times = new TransactionTimes();
        for (ulong i = 1; i <= 10; i++) Live(times, i, 1, sealedAfter: i <= 8 ? 5 : null);
        IReadOnlyDictionary<string, double> figures = Report(times, 100);
        Assert.That(figures["tx-unfinished"], Is.EqualTo(0.2).Within(1e-9));
        Assert.That(figures["tx-seal-p50"], Is.EqualTo(5).Within(0.001));
        Assert.That(figures, Does.Not.ContainKey("tx-seal-p90"), "the quantile is among those never sealed");
    }

    [Test]
    public void A_late_seal_is_not_lost()
    {
        var times = new TransactionTimes();
        times.Submitted(Transaction(1), At(1));
        times.Submitted(Transaction(2), At(50));
        Change(times, 1, TransactionStatus.Sealed, 61, 61);
        Assert.That(Report(times, 70)["tx-seal-p50"], Is.EqualTo(60).Within(0.001));
    }

    /// <summary>Beyond two minutes nothing is told apart: sealed so late is unfinished, as the metric says.</summary>
    [TestCase(110, 0.0)]
    [TestCase(130, 1.0)]
    public void A_seal_after_two_minutes_is_none(double sealedAfter, double unfinished)
    {
        var times = new TransactionTimes();
        times.Submitted(Transaction(1), At(1));
        if (sealedAfter > 120) times.Submitted(Transaction(2), At(125));
        Change(times, 1, TransactionStatus.Sealed, 1 + sealedAfter, 1 + sealedAfter);
        Assert.That(Report(times, 140)["tx-unfinished"], Is.EqualTo(unfinished));
    }

    private static void Live(TransactionTimes times, ulong id, double at, double? sealedAfter)
    {
        times.Submitted(Transaction(id), At(at));
        if (sealedAfter is not { } after) return;
        Change(times, id, TransactionStatus.Finalized, at + after / 2, at + after / 2);
        Change(times, id, TransactionStatus.Executed, at + after / 2, at + after / 4);
        Change(times, id, TransactionStatus.Sealed, at + after, at + after);
    }

    private static void Change(TransactionTimes times, ulong id, TransactionStatus status, double at, double since) =>
        times.Changed(new Notice.StatusChanged(new TransactionId(id), status, At(since)), At(at));

    private static IReadOnlyDictionary<string, double> Report(TransactionTimes times, double end)
    {
        var sheet = new MetricSheet();
        times.Report(sheet, At(end));
        return sheet.Measured().ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
    }

    private static Transaction Transaction(ulong id) => new(new TransactionId(id), default, default, 1, 1);

    private static SimTime At(double seconds) => new((long)(seconds * SimDuration.NanosecondsPerSecond));
}
