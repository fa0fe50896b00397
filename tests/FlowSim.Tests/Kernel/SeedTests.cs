using System;
using System.Linq;
using FlowSim.Kernel;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>Consecutive seeds are independent replications: a draw under seeds 1, 2, 3, … looks random.</summary>
/// <remarks>
/// A draw is fixed by its purpose and ids; 200 such draws are followed over 1,000 seeds, by their upper and their lower
/// half. Every bound is the value that independent uniform draws exceed once in a million; seeds are fixed, so that a
/// test that passes passes always. Each statistic is shown to find a generator that it is there for.
/// </remarks>
public sealed class SeedTests
{
    private const int Seeds = 1_000;
    private const int Draws = 200;
    private const double Level = 1e-6;

    private static readonly string[] Purposes =
        ["network jitter", "network spike", "check a message", "loss of a packet", "peers to synchronise with"];

    private static readonly ulong[] Keys =
        [.. Enumerable.Range(1, 8).Select(i => Mix64.OfText($"consensus-{i:D3}"))];

    /// <remarks>Distances of empirical distributions, each draw's own and that of all together. The bound is the
    /// inequality of Dvoretzky, Kiefer, Wolfowitz and Massart, which holds for any number of draws.</remarks>
    [Test]
    public void Draws_are_uniform_over_seeds([Values(0, 32)] int shift)
    {
        double[][] draws = Of(shift);
        double own = Math.Sqrt(Math.Log(2 * Draws / Level) / (2 * Seeds));
        double together = Math.Sqrt(Math.Log(2 / Level) / (2 * Draws * Seeds));
        Assert.That(draws.Max(Distance), Is.LessThan(own));
        Assert.That(Distance([.. draws.SelectMany(u => u)]), Is.LessThan(together));
        Assert.That(Distance([.. draws.SelectMany(u => u).Select(x => Math.Pow(x, 1.03))]), Is.GreaterThan(together));
        Assert.That(draws.Max(u => Distance([.. u.Select(Math.Sqrt)])), Is.GreaterThan(own));
    }

    /// <summary>Correlations at one lag: their mean, and their squares, which add up to a chi-square.</summary>
    [Test]
    public void A_draw_tells_nothing_of_the_one_under_a_later_seed([Values(0, 32)] int shift,
        [Values(1, 2, 3, 7, 64)] int lag)
    {
        double bound = Normal.InvCDF(0, 1, 1 - Level / 2) / Math.Sqrt(Draws);
        double[] z = Correlations(Of(shift), lag);
        Assert.That(z.Average(), Is.InRange(-bound, bound));
        Assert.That(z.Sum(x => x * x), Is.LessThan(ChiSquared.InvCDF(Draws, 1 - Level)));
        Assert.That(Correlations(Of(shift, seed => seed / (2 * (ulong)lag)), lag).Average(), Is.GreaterThan(bound));
    }

    /// <summary>Pairs of neighbouring seeds over 64 cells: finds what is not linear, too.</summary>
    [Test]
    public void Neighbouring_seeds_fill_the_plane_evenly([Values(0, 32)] int shift)
    {
        double bound = ChiSquared.InvCDF(63, 1 - Level);
        Assert.That(PairCells(Of(shift)), Is.LessThan(bound));
        double[][] mirrored = [.. Of(shift, seed => (seed + 1) / 2)
            .Select(u => u.Select((x, i) => i % 2 == 0 ? x : Math.Abs(2 * x - 1)).ToArray())];
        Assert.That(PairCells(mirrored), Is.GreaterThan(bound));
    }

    /// <summary>What intervals over seeds rest on: a mean over n seeds has variance 1/(12 n).</summary>
    [Test]
    public void Means_over_seeds_spread_as_those_of_independent_draws([Values(0, 32)] int shift,
        [Values(10, 100, 1_000)] int seeds)
    {
        double most = ChiSquared.InvCDF(Draws, 1 - Level / 2);
        double least = ChiSquared.InvCDF(Draws, Level / 2);
        Assert.That(SpreadOfMeans(Of(shift), seeds), Is.InRange(least, most));
        Assert.That(SpreadOfMeans(Of(shift, seed => seed / 4), seeds), Is.GreaterThan(most), "each seed four times");
        double[][] steps = [.. Enumerable.Range(0, Draws).Select(draw => Enumerable.Range(1, Seeds)
            .Select(seed => (seed * 0.618033988749895 + draw * 0.005) % 1).ToArray())];
        Assert.That(SpreadOfMeans(steps, seeds), Is.LessThan(least), "too even");
    }

    /// <summary>Draws in [0, 1), by draw and then by seed.</summary>
    private static double[][] Of(int shift, Func<ulong, ulong>? seedFor = null) =>
    [
        .. from purpose in Purposes
           from key in Keys
           from occasion in Enumerable.Range(0, Draws / (Purposes.Length * Keys.Length))
           select Enumerable.Range(1, Seeds).Select(seed =>
           {
               ulong value = seedFor?.Invoke((ulong)seed) ?? (ulong)seed;
               ulong draw = new Luck(value).For(purpose).About(key).Draw((ulong)occasion);
               return ((draw >> (32 - shift)) & uint.MaxValue) / 4_294_967_296.0;
           }).ToArray(),
    ];

    private static double Distance(double[] draws) => draws.Order()
        .Select((x, i) => Math.Max(x - (double)i / draws.Length, (i + 1.0) / draws.Length - x)).Max();

    /// <summary>Each draw's correlation with itself some seeds later, in standard deviations.</summary>
    private static double[] Correlations(double[][] draws, int lag) => [.. draws.Select(u =>
        Enumerable.Range(0, Seeds - lag).Sum(i => (u[i] - 0.5) * (u[i + lag] - 0.5)) * 12 / Math.Sqrt(Seeds - lag))];

    private static double PairCells(double[][] draws)
    {
        int[] cells = new int[64];
        foreach (double[] u in draws)
        {
            for (int i = 0; i < Seeds; i += 2) cells[(int)(u[i] * 8) * 8 + (int)(u[i + 1] * 8)]++;
        }

        double expected = Draws * Seeds / 2 / 64.0;
        return cells.Sum(n => (n - expected) * (n - expected) / expected);
    }

    private static double SpreadOfMeans(double[][] draws, int seeds) =>
        draws.Sum(u => Math.Pow(u.Take(seeds).Average() - 0.5, 2)) * 12 * seeds;
}
