using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Statistics;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Tests.Worlds;
using NUnit.Framework;

namespace FlowSim.Tests.ClosedForms;

/// <summary>How long it takes until enough leaders in a row are on (O3): what the distance between an announcement's
/// seal and its view has to cover.</summary>
/// <remarks>
/// Two-chain finality needs three in a row: votes go to the next leader, so the second makes the certificate of the
/// first one's block and proposes on it, and the third makes the certificate of that, with which the first is final.
/// </remarks>
public sealed class ResponsiveLeaderTests
{
    private const int Run = 3;

    [Test]
    public void A_block_is_final_once_three_leaders_in_a_row_were_on()
    {
        var world = new OfflineWorld(offline: 31, seed: 5, views: 250);
        (ulong View, ulong FinalIn)[] expected =
            [.. world.FinalIn.Select(block => (block.View, FinalIn(world, block.View)))];
        Assert.That(world.FinalIn, Is.EqualTo(expected));
        Assert.That(expected.Count(block => block.FinalIn > block.View + Run - 1), Is.GreaterThan(10), "many wait");
    }

    /// <summary>The third leader is about to enter its view when it makes the certificate.</summary>
    private static ulong FinalIn(OfflineWorld world, ulong view)
    {
        while (!world.IsRun(view, Run)) view++;
        return view + Run - 1;
    }

    [TestCase(3, 0.1, 10, 5.2e-3)]
    [TestCase(3, 0.1, 20, 1.1e-5)]
    [TestCase(3, 0.1, 50, 1.2e-13)]
    [TestCase(3, 0.2, 20, 1.2e-3)]
    [TestCase(3, 0.2, 50, 2.1e-8)]
    [TestCase(3, 0.2, 100, 2.7e-16)]
    [TestCase(3, 0.3, 50, 1.5e-5)]
    [TestCase(3, 0.3, 100, 1.7e-10)]
    [TestCase(3, 0.33, 50, 6.5e-5)]
    [TestCase(3, 0.33, 100, 3.2e-9)]
    [TestCase(3, 0.33, 1000, 8e-87)]
    public void The_chance_that_none_are(int run, double off, int views, double expected) =>
        Assert.That(ChanceOfNone(run, off, views), Is.EqualTo(expected).Within(6).Percent);

    [TestCase(3, 0.1, 36)]
    [TestCase(3, 0.2, 59)]
    [TestCase(3, 0.3, 93)]
    [TestCase(3, 0.33, 106)]
    [TestCase(2, 0.1, 21)]
    [TestCase(2, 0.2, 32)]
    [TestCase(2, 0.3, 46)]
    [TestCase(2, 0.33, 52)]
    public void The_least_distance_for_one_in_a_billion(int run, double off, int views)
    {
        Assert.That(ChanceOfNone(run, off, views), Is.LessThanOrEqualTo(1e-9));
        Assert.That(ChanceOfNone(run, off, views - 1), Is.GreaterThan(1e-9));
    }

    /// <summary>Equivalent within 15 % of the chance: 20 elections of 50,000 views, some members drawn to be off.
    /// </summary>
    [TestCase(3, 10, 3, 10)]
    [TestCase(3, 100, 33, 20)]
    [TestCase(2, 10, 3, 10)]
    public void Elected_leaders_keep_to_it(int run, int members, int off, int views)
    {
        double expected = ChanceOfNone(run, off / (double)members, views);
        double[] shares = [.. Enumerable.Range(1, 20).Select(seed => ShareOfNone(run, members, off, views, seed))];
        Equivalence test = Equivalence.Of(shares, expected, 0.15 * expected, "")!;
        Assert.That(test.IsShown, $"{test.Estimate.ToText(4)}, closed form {expected:F4}");
    }

    /// <summary>Of windows that do not overlap, how many have no run.</summary>
    private static double ShareOfNone(int run, int members, int off, int views, int seed)
    {
        const int total = 50_000;
        byte[] source = [.. Enumerable.Range(seed, 16).Select(i => (byte)i)];
        var leaders = new LeaderSelection(source, [0, 0], [.. Enumerable.Repeat(100UL, members)], new View(1));
        HashSet<int> isOff = [.. Enumerable.Range(0, members)
            .OrderBy(member => new Luck((ulong)seed).For("who is off").Draw((ulong)member)).Take(off)];
        int none = 0;
        for (int window = 0; window < total / views; window++)
        {
            int longest = 0, current = 0;
            for (int i = 0; i < views; i++)
            {
                int leader = leaders.LeaderIndex(new View((ulong)(1 + window * views + i)));
                current = isOff.Contains(leader) ? 0 : current + 1;
                longest = Math.Max(longest, current);
            }

            none += longest < run ? 1 : 0;
        }

        return none / (double)(total / views);
    }

    /// <summary>Exact for independent leaders: by the number of leaders on since the last one off.</summary>
    private static double ChanceOfNone(int run, double off, int views)
    {
        double[] state = new double[run];
        state[0] = 1;
        for (int view = 0; view < views; view++)
        {
            double[] next = new double[run];
            next[0] = off * state.Sum();
            for (int on = 1; on < run; on++) next[on] = (1 - off) * state[on - 1];
            state = next;
        }

        return state.Sum();
    }
}
