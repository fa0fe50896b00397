using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Sync;
using NUnit.Framework;

namespace FlowSim.Tests.Sync;

/// <summary>What a node asks for, when it asks again, and when it gives up.</summary>
public sealed class ChainSyncTests
{
    private static readonly SyncConfig Config = SyncConfig.FlowGo;

    [TestCase(100, 89, false)]
    [TestCase(100, 90, true)]
    [TestCase(100, 100, true)]
    [TestCase(100, 110, true)]
    [TestCase(100, 111, false)]
    [TestCase(5, 0, true)]
    [TestCase(11, 0, false)]
    public void Ten_heights_are_tolerated(int own, int peer, bool isTolerated)
    {
        var sync = new ChainSync(Config);
        Assert.That(sync.IsWithinTolerance(At(own), At(peer)), Is.EqualTo(isTolerated));
        sync.HearOf(At(own), At(peer));
        Assert.That(sync.Count, Is.EqualTo(!isTolerated && peer > own ? peer - own : 0));
    }

    [TestCase(20, 11, "1-11")]
    [TestCase(20, 64, "1-64")]
    [TestCase(20, 65, "1-64 65-65")]
    [TestCase(20, 192, "1-64 65-128 129-192")]
    [TestCase(20, 100_000, "1-64 65-128 129-192")]
    public void A_scan_asks_for_three_ranges_of_64_at_most(int batched, int peer, string expected)
    {
        var sync = new ChainSync(Config);
        for (int i = 0; i < batched; i++) sync.Request(new BlockId((ulong)i), At(i + 1));
        sync.HearOf(At(0), At(peer));
        ScanResult scan = sync.Scan(SimTime.Zero, At(0));
        Assert.That(Text(scan.Ranges), Is.EqualTo(expected));
        Assert.That(scan.Batches, Has.Count.EqualTo(scan.Ranges.Count < Config.MaxRequests ? 1 : 0));
    }

    [Test]
    public void Four_scans_take_the_whole_queue_and_the_fifth_finds_it_empty_until_the_first_retry()
    {
        var sync = new ChainSync(Config);
        sync.HearOf(At(0), At(1_000_000));
        Assert.That(sync.Count, Is.EqualTo(768));
        int[] asked = [.. Enumerable.Range(0, 5).Select(i =>
            sync.Scan(SimTime.FromSeconds(i), At(0)).Ranges.Sum(r => (int)(r.To.Value - r.From.Value) + 1))];
        Assert.That(asked, Is.EqualTo(new[] { 192, 192, 192, 192, 0 }));
    }

    [Test]
    public void Attempts_come_8_16_32_and_64_seconds_apart_and_the_request_is_forgotten_128_after_the_fifth()
    {
        var sync = new ChainSync(Config);
        sync.Request(new BlockId(7), At(3));
        List<int> asked = [];
        int forgotten = 0;
        for (int second = 0; second < 400 && forgotten == 0; second++)
        {
            if (sync.Scan(SimTime.FromSeconds(second), At(0)).Batches.Count > 0) asked.Add(second);
            if (sync.Count == 0) forgotten = second;
        }

        Assert.That(asked, Is.EqualTo(new[] { 0, 8, 24, 56, 120 }));
        Assert.That(forgotten, Is.EqualTo(248));
    }

    [Test]
    public void A_block_is_taken_once_and_only_if_it_was_asked_for()
    {
        var sync = new ChainSync(Config);
        Block block = BlockAt(3);
        Assert.That(sync.Receive(block), Is.False);
        sync.HearOf(At(0), At(20));
        Assert.That(sync.Receive(block), Is.True);
        Assert.That(sync.Receive(block), Is.False);
        Assert.That(Text(sync.Scan(SimTime.Zero, At(0)).Ranges), Is.EqualTo("1-2 4-20"));
    }

    [Test]
    public void A_block_that_came_but_is_not_final_is_asked_for_again_once_a_height_is_heard()
    {
        var sync = new ChainSync(Config);
        sync.HearOf(At(0), At(20));
        sync.Scan(SimTime.Zero, At(0));
        sync.Receive(BlockAt(3));
        sync.HearOf(At(0), At(20));
        Assert.That(Text(sync.Scan(SimTime.FromSeconds(2), At(0)).Ranges), Is.EqualTo("3-3"));
    }

    [Test]
    public void Finality_forgets_what_is_at_or_below_it()
    {
        var sync = new ChainSync(Config);
        sync.HearOf(At(0), At(20));
        sync.Request(new BlockId(77), At(5));
        sync.Request(new BlockId(99), At(15));
        sync.Receive(BlockAt(4));
        ScanResult scan = sync.Scan(SimTime.Zero, At(10));
        Assert.That(Text(scan.Ranges), Is.EqualTo("11-20"));
        Assert.That(scan.Batches.Single(), Is.EqualTo(new[] { new BlockId(99) }));
        sync.Request(new BlockId(5), At(9));
        Assert.That(sync.Count, Is.EqualTo(11));
    }

    [Test]
    public void Ranges_are_the_heights_cut_where_they_must_be_and_nowhere_else() =>
        (from heights in Gen.Int[0, 400].HashSet[0, 300] from max in Gen.Int[1, 70] select (heights, max)).Sample(
            given =>
            {
                Height[] sorted = [.. given.heights.Order().Select(At)];
                List<HeightRange> ranges = HeightRange.Of(sorted, given.max);
                Height[] back = [.. ranges.SelectMany(r => Enumerable.Range((int)r.From.Value,
                    (int)(r.To.Value - r.From.Value) + 1).Select(At))];
                if (!back.SequenceEqual(sorted)) throw new InvalidOperationException("other heights");
                for (int i = 0; i < ranges.Count; i++)
                {
                    ulong size = ranges[i].To.Value - ranges[i].From.Value + 1;
                    if (size > (ulong)given.max) throw new InvalidOperationException("too long");
                    bool isCutAtGap = i + 1 == ranges.Count || ranges[i].To.Next != ranges[i + 1].From;
                    if (!isCutAtGap && size < (ulong)given.max) throw new InvalidOperationException("cut early");
                }
            });

    /// <summary>Any order of calls: nothing final is asked for, nothing above the ceiling, nothing too often.</summary>
    [Test]
    public void Limits_hold_in_any_history() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 2_000], Gen.Int[0, 200]).Array[1, 60].Sample(history =>
        {
            var sync = new ChainSync(Config);
            int final = 0;
            int second = 0;
            foreach ((int act, int height, int advance) in history)
            {
                if (act == 0) sync.HearOf(At(final), At(height));
                if (act == 1) sync.Request(BlockAt(height).Id, At(height));
                if (act == 2) sync.Receive(BlockAt(height));
                if (act != 3) continue;
                final += advance;
                second += 2;
                ScanResult scan = sync.Scan(SimTime.FromSeconds(second), At(final));
                bool isLawful = scan.Ranges.Count + scan.Batches.Count <= 3
                    && scan.Batches.All(b => b.Length is > 0 and <= 64)
                    && scan.Ranges.All(r => r.From.Value > (ulong)final && r.To.Value <= (ulong)final + 768
                        && r.To.Value - r.From.Value < 64);
                if (!isLawful) throw new InvalidOperationException($"{Text(scan.Ranges)} at {final}");
            }
        });

    [Test]
    public void Polls_and_requests_go_to_three_different_peers_at_random()
    {
        var all = Enumerable.Range(0, 94).Select(i => (new NodeId(i), (ulong)i)).ToArray();
        var table = new PeerTable(all);
        var peers = new Peers(new Luck(1).For("peers"), () => table, new NodeId(0));
        int[] chosen = new int[94];
        List<NodeId> three = [];
        for (ulong poll = 0; poll < 3_100; poll++)
        {
            peers.Choose(poll, 3, three);
            Assert.That(three.Distinct().Count(), Is.EqualTo(3));
            foreach (NodeId node in three) chosen[node.Index]++;
        }

        Assert.That(chosen[0], Is.Zero);
        Assert.That(chosen.Skip(1), Has.All.InRange(60, 140), "100 expected");
    }

    private static Height At(int height) => new((ulong)height);

    private static Block BlockAt(int height) => new(new BlockId(1_000 + (ulong)height), new View((ulong)height),
        At(height), QuorumCertificate.Trusted(default, default), new NodeId(0));

    private static string Text(IEnumerable<HeightRange> ranges) =>
        string.Join(' ', ranges.Select(r => $"{r.From.Value}-{r.To.Value}"));
}
