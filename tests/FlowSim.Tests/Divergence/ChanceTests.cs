using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;
using FlowSim.Assignment;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using FlowSim.Tests.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Divergence;

/// <summary>Counts against closed forms, and how rates are written down.</summary>
public sealed class ChanceTests
{
    /// <summary>The probability that all three verifiers of a chunk are among the wrong ones.</summary>
    [TestCase(20, 5, 0.0088)]
    [TestCase(20, 15, 0.399)]
    [TestCase(50, 37, 0.396)]
    [TestCase(84, 63, 0.417)]
    public void A_chunk_has_no_right_verifier(int verifiers, int wrong, double expected)
    {
        double exact = Choose3(wrong) / Choose3(verifiers);
        Assert.That(exact, Is.EqualTo(expected).Within(0.002));
        AssertAgrees(Assigned(verifiers).Count(three => three.All(place => place < wrong)), exact);
    }

    [TestCase(20, 6.7)]
    [TestCase(50, 16.7)]
    [TestCase(84, 28)]
    public void A_wrong_verifier_is_assigned_to_a_chunk(int verifiers, double chunksUntilFirst)
    {
        double exact = 3.0 / verifiers;
        Assert.That(1 / exact, Is.EqualTo(chunksUntilFirst).Within(0.05));
        AssertAgrees(Assigned(verifiers).Count(three => three.Contains(0)), exact);
    }

    /// <summary>A backup is put back with a new image: as many blocks are executed anew, whatever comes of them.
    /// </summary>
    [TestCase(1)]
    [TestCase(6)]
    [TestCase(20)]
    public void Counting_and_the_conditional_method_agree(int replayed)
    {
        const int runs = 400;
        int manifest = 0;
        for (ulong seed = 1; seed <= runs; seed++)
        {
            var run = new ToldUpgrade(seed);
            run.Start((8, 3));
            for (int i = 0; i < replayed; i++) run.Execute(8, 3, run.Finalize());
            ProcessStart start = run.End().Starts.Single();
            Assert.That(start.ManifestChance, Is.EqualTo(1 - Math.Pow(0.9, replayed)).Within(1e-12));
            manifest += start.IsManifest ? 1 : 0;
        }

        AssertAgrees(manifest, Sensitivity.OfAny(0.1, replayed), runs);
    }

    [Test]
    public void Rare_sensitivities_keep_their_digits()
    {
        Assert.That(Sensitivity.OfAny(1e-13, 1_000), Is.EqualTo(1e-10).Within(1e-18));
        Assert.That(Sensitivity.OfAny(1e-7, 1_000_000), Is.EqualTo(1 - Math.Exp(-0.1)).Within(1e-7));
        Assert.That(Sensitivity.OfAny(1, 3), Is.EqualTo(1));
        Assert.That(Sensitivity.OfAny(0.5, 0), Is.Zero);
        Assert.That(Sensitivity.Between(new Behaviour(1, 500_000_000), new Behaviour(2, 500_000_000)),
            Is.EqualTo(0.75));
        Assert.That(Sensitivity.Between(new Behaviour(1, 5), new Behaviour(1, 5)), Is.Zero);
    }

    /// <summary>An upgrade is accepted if its view is beyond that of the seal plus the threshold, not at it.</summary>
    [TestCase(300UL, false)]
    [TestCase(301UL, true)]
    public void A_protocol_upgrade_needs_its_distance(ulong view, bool isAccepted) => Assert.That(
        SomeEpochs.In(EpochPhase.Staking).After(200, new ServiceEvent.ProtocolStateVersionUpgrade(3, new View(view)))
            .Snapshot.Upgrade is not null, Is.EqualTo(isAccepted));

    /// <summary>An upgrade every 24 days is fifteen a year.</summary>
    [TestCase(0.01, 0.140)]
    [TestCase(0.05, 0.537)]
    public void The_risk_of_a_year(double perUpgrade, double expected) =>
        Assert.That(Sensitivity.OfAny(perUpgrade, (long)(365 / 24.0)), Is.EqualTo(expected).Within(0.001));

    [Test]
    public void Trials_of_one_run_are_not_independent()
    {
        Estimate single = ClusteredProportion.Of([(1, 1), (0, 1), (0, 1), (1, 1)])!;
        Assert.That(single, Is.EqualTo(Proportion.Of(2, 4)));
        Estimate same = ClusteredProportion.Of([(10, 10), (0, 10), (10, 10), (0, 10)])!;
        Estimate mixed = ClusteredProportion.Of([(5, 10), (5, 10), (6, 10), (4, 10)])!;
        Assert.That((same.Value, mixed.Value, same.N), Is.EqualTo((0.5, 0.5, 4)));
        Assert.That(same.High - same.Low, Is.GreaterThan(3 * (mixed.High - mixed.Low)));
        Assert.That(ClusteredProportion.Of([(0, 10), (0, 10)]), Is.EqualTo(Proportion.Of(0, 2)));
        Assert.That(ClusteredProportion.Of([(1, 2), (1, 2)]), Is.EqualTo(Proportion.Of(2, 4) with { N = 2 }),
            "runs that come out alike do not make it certain");
        Assert.That(ClusteredProportion.Of([(5, 10), (0, 0)])!.HasInterval, Is.False);
        Assert.That(ClusteredProportion.Of([(0, 0)]), Is.Null);
    }

    /// <summary>Squared deviations add up to 8, so the error is √(8 · 4/3) / 40; t with 3 degrees of freedom is
    /// 3.1824.</summary>
    [Test]
    public void A_clustered_share_has_the_linearised_interval_over_runs()
    {
        Estimate share = ClusteredProportion.Of([(3, 10), (7, 10), (5, 10), (5, 10), (0, 0)])!;
        Assert.That((share.Value, share.N), Is.EqualTo((0.5, 4)));
        Assert.That((share.Low, share.High), Is.EqualTo((0.24016, 0.75984)).Within(1e-5));
        Assert.That(ClusteredProportion.Of([(3, 3), (2, 2), (4, 4)]), Is.EqualTo(Proportion.Of(3, 3)));
        Assert.That(ClusteredProportion.Of([(0, 3), (0, 2), (0, 0)]), Is.EqualTo(Proportion.Of(0, 2)));
    }

    /// <summary>A mean over trials, not over runs; with two runs half the interval is tan(0.475 π) standard errors.
    /// </summary>
    [Test]
    public void Chances_are_averaged_over_trials_and_run_by_run()
    {
        Estimate chance = ClusteredProportion.OfChances([(0.3, 3), (0.5, 1), (0, 0)])!;
        double error = Math.Sqrt(2 * (0.3 * 0.3 + 0.3 * 0.3)) / 4;
        Assert.That(chance.Value, Is.EqualTo(0.2).Within(1e-12));
        Assert.That(chance.High - chance.Value, Is.EqualTo(Math.Tan(0.475 * Math.PI) * error).Within(1e-9));
        Assert.That(chance.N, Is.EqualTo(2));
        Assert.That(ClusteredProportion.OfChances([(1e-6, 1), (1.5e-6, 1)])!.ToShortText(3),
            Is.EqualTo("1.25E-06 ± 3.2E-06 (n=2)"));
        Assert.That(ClusteredProportion.OfChances([(2, 2)])!.ToShortText(3), Is.EqualTo("1 (n=1, no interval)"));
    }

    [Test]
    public void The_table_has_a_row_per_set_and_class()
    {
        using var text = new StringWriter();
        RatesTable.Of([Run("a", 1, false), Run("a", 2, true), Run("b", 1, false)])!.WriteText(text);
        Assert.That(text.ToString(), Does.Match(
            @"\| a +\| rj5 +\| 2 in 2 runs \| 1\.000 \[0\.158, 1\.000\] \(n=2\) \| 0\.500 \[0\.095, 0\.905\] \(n=2\) "
            + @"\| 0\.25 \(n=2, all alike\) +\| 1\.000 \[0\.025, 1\.000\] \(n=1\)"));
        Assert.That(text.ToString(), Does.Match(@"\| b +\| rj5 +\| 1 in 1 runs "));
        Assert.That(RatesTable.Of([Run("a", 1, false) with { Starts = [] }]), Is.Null);
        using var csv = new StringWriter();
        DivergenceCsv.Write(csv, [Run("a", 2, true)]);
        Assert.That(csv.ToString(), Does.Contain(
            "\nscenario,a,2,rj5,8,execution,1,3.5,7,1,4,5,0.25,9,4,0,,,,\n"));
    }

    internal static Measurement Run(string set, ulong seed, bool isManifest) => new(
        new RunKey("scenario", set, seed), [], new DurationHistogram(), new ViewSeries(1, []))
    {
        Starts =
        [
            new ProcessStart(RejoinClass.Rj5, 8, Role.Execution, 1, 3.5, 7, true)
            {
                ExposedBlocks = 4, ExposedChunks = 5, ManifestChance = 0.25,
                ManifestHeight = isManifest ? 9 : null, ManifestAtSeconds = isManifest ? 4 : double.NaN,
            },
        ],
    };

    /// <summary>The verifiers of the first chunk of many results.</summary>
    private static IEnumerable<int[]> Assigned(int verifiers)
    {
        byte[] source = new byte[32];
        for (int i = 0; i < Draws; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(source, i);
            yield return ChunkAssignment.Of(source, verifiers, 1, 3)[0];
        }
    }

    private const int Draws = 2_000;

    /// <summary>Within four standard errors: one of 16,000 such checks fails by chance.</summary>
    private static void AssertAgrees(int count, double exact, int of = Draws) => Assert.That(count / (double)of,
        Is.EqualTo(exact).Within(4 * Math.Sqrt(exact * (1 - exact) / of)));

    private static double Choose3(int n) => n * (n - 1.0) * (n - 2) / 6;
}
