using System;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>The thresholds are the least weights above two thirds and one third.</summary>
public sealed class QuorumTests
{
    [TestCase(1UL, 1UL, 1UL)]
    [TestCase(2UL, 2UL, 1UL)]
    [TestCase(3UL, 3UL, 2UL)]
    [TestCase(4UL, 3UL, 2UL)]
    [TestCase(5UL, 4UL, 2UL)]
    [TestCase(6UL, 5UL, 3UL)]
    [TestCase(7UL, 5UL, 3UL)]
    [TestCase(10UL, 7UL, 4UL)]
    [TestCase(12UL, 9UL, 5UL)]
    [TestCase(8800UL, 5867UL, 2934UL)]
    [TestCase(9400UL, 6267UL, 3134UL)]
    [TestCase(10000UL, 6667UL, 3334UL)]
    public void Weight_thresholds(ulong total, ulong certify, ulong timeout)
    {
        Assert.That(Quorum.ToCertify(total), Is.EqualTo(certify));
        Assert.That(Quorum.ToTimeout(total), Is.EqualTo(timeout));
    }

    /// <summary>Equal members that a committee needs, and how many it can do without.</summary>
    [TestCase(3, 3, 0)]
    [TestCase(4, 3, 1)]
    [TestCase(5, 4, 1)]
    [TestCase(6, 5, 1)]
    [TestCase(7, 5, 2)]
    [TestCase(9, 7, 2)]
    [TestCase(10, 7, 3)]
    [TestCase(12, 9, 3)]
    [TestCase(60, 41, 19)]
    [TestCase(88, 59, 29)]
    [TestCase(100, 67, 33)]
    [TestCase(112, 75, 37)]
    public void Members_of_equal_weight(int members, int needed, int spare)
    {
        var committee = Committee.Of([.. Enumerable.Range(0, members).Select(i => new NodeSpec($"consensus-{i:000}",
            Role.Consensus, 1, 0, "operator"))]);
        Assert.That(committee.WeightToCertify, Is.EqualTo((ulong)needed));
        Assert.That(committee.Size - (int)committee.WeightToCertify, Is.EqualTo(spare));
    }

    [Test]
    public void They_are_the_least_that_exceed_the_fractions()
    {
        for (ulong w = 1; w <= 302; w++)
        {
            ulong certify = Quorum.ToCertify(w);
            ulong timeout = Quorum.ToTimeout(w);
            Assert.That(3 * certify > 2 * w && 3 * (certify - 1) <= 2 * w, Is.True, $"certify {w}");
            Assert.That(3 * timeout > w && 3 * (timeout - 1) <= w, Is.True, $"timeout {w}");
        }
    }

    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(3, 2)]
    [TestCase(4, 2)]
    [TestCase(5, 3)]
    [TestCase(7, 4)]
    [TestCase(10, 5)]
    [TestCase(88, 44)]
    [TestCase(94, 47)]
    [TestCase(100, 50)]
    public void Beacon_shares(int members, int needed) =>
        Assert.That(Quorum.BeaconShares(members), Is.EqualTo(needed));

    [Test]
    public void Nobody_has_no_beacon() =>
        Assert.That(() => Quorum.BeaconShares(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
