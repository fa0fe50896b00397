using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>Leaders are drawn by weight, the same for everyone.</summary>
public sealed class LeaderSelectionTests
{
    private static readonly byte[] Source = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    private static readonly byte[] Consensus = [0, 0];

    [Test]
    public void A_number_belongs_to_the_first_sum_above_it()
    {
        ulong[] sums = [1, 3, 6, 10];
        List<int> found = [];
        for (ulong r = 0; r < 10; r++) found.Add(LeaderSelection.IndexOf(sums, r));
        Assert.That(found, Is.EqualTo(new[] { 0, 1, 1, 2, 2, 2, 3, 3, 3, 3 }));
    }

    [Test]
    public void The_order_of_questions_does_not_matter()
    {
        LeaderSelection forward = Selection([3, 1, 4]);
        LeaderSelection backward = Selection([3, 1, 4]);
        int[] up = new int[5000];
        int[] down = new int[5000];
        for (int i = 0; i < 5000; i++) up[i] = forward.LeaderIndex(new View(100 + (ulong)i));
        for (int i = 4999; i >= 0; i--) down[i] = backward.LeaderIndex(new View(100 + (ulong)i));
        Assert.That(down, Is.EqualTo(up));
    }

    [Test]
    public void A_member_without_weight_changes_nothing_for_the_others()
    {
        LeaderSelection without = Selection([3, 1, 4]);
        LeaderSelection with = Selection([3, 0, 1, 4, 0]);
        int[] index = [0, 2, 3];
        for (ulong v = 100; v < 1100; v++)
            Assert.That(with.LeaderIndex(new View(v)), Is.EqualTo(index[without.LeaderIndex(new View(v))]));
    }

    [Test]
    public void Leaders_are_drawn_by_weight()
    {
        const int Views = 100_000;
        LeaderSelection selection = Selection([1, 2, 3, 4]);
        int[] counts = new int[4];
        for (ulong i = 0; i < Views; i++) counts[selection.LeaderIndex(new View(100 + i))]++;

        // 16.3 is the 99.9 % point of chi-square with three degrees of freedom; the seed is fixed.
        double chiSquare = 0;
        for (int i = 0; i < 4; i++)
        {
            double expected = Views * (i + 1) / 10.0;
            chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        Assert.That(chiSquare, Is.LessThan(16.3));
    }

    [Test]
    public void Views_before_the_epoch_have_no_leader() => Assert.That(
        () => Selection([1]).LeaderIndex(new View(99)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_committee_without_weight_is_refused()
    {
        Assert.That(() => Selection([0, 0]), Throws.ArgumentException);
        Assert.That(() => Selection([]), Throws.ArgumentException);
    }

    private static LeaderSelection Selection(ulong[] weights) =>
        new(Source, Consensus, weights, new View(100));
}
