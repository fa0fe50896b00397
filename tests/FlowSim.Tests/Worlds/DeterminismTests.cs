using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Tests.Golden;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Equal specs are equal runs; the seed matters; watching changes nothing.</summary>
public sealed class DeterminismTests
{
    [Test]
    public void Equal_specs_give_equal_digests_whoever_watches()
    {
        int heard = 0;
        string alone = Simulation.Run(Some.Mainnet(views: 60), []).Digest;
        string watched = Simulation.Run(Some.Mainnet(views: 60), [new Listener(_ => heard++)]).Digest;
        Assert.That(watched, Is.EqualTo(alone));
        Assert.That(heard, Is.GreaterThan(60 * 94));
    }

    [Test]
    public void Another_seed_gives_another_digest() =>
        Assert.That(Simulation.Run(Some.Mainnet(seed: 2, views: 60), []).Digest,
            Is.Not.EqualTo(Simulation.Run(Some.Mainnet(seed: 1, views: 60), []).Digest));

    [Test]
    public void Runs_on_many_threads_share_nothing()
    {
        string[] digests = new string[8];
        Parallel.For(0, digests.Length,
            i => digests[i] = Simulation.Run(Some.Mainnet(seed: (ulong)(i % 2), views: 40), []).Digest);
        Assert.That(digests.Where((_, i) => i % 2 == 0).Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(1));
        Assert.That(digests.Where((_, i) => i % 2 == 1).Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(1));
    }

    /// <remarks>Under any schedule of deliveries, even one that changes nothing, no copy is spared its way.</remarks>
    [Test]
    public void Copies_spared_their_way_change_nothing_that_a_node_does()
    {
        RunSpec spec = GoldenDigestTests.TimeoutsAndTcs() with
        {
            NodeFaults = [new NodeFault.Crash(new Window(SimTime.FromSeconds(20), SimTime.FromSeconds(40)),
                new NodeSet(10, [0, 1]))],
        };
        var spared = new TraceDigest();
        var delivered = new TraceDigest();
        RunResult a = Simulation.Run(spec, [new Listener(entry => Add(entry, spared))]);
        RunResult b = Simulation.Run(spec, [new Listener(entry => Add(entry, delivered))],
            Seams.Default with { Schedule = (in Delivery d) => d.Arrival });
        Assert.That(spared.Text, Is.EqualTo(delivered.Text));
        Assert.That(a.Events, Is.LessThan(b.Events), "some copies must have been spared");
    }

    private static void Add(in TraceEvent entry, TraceDigest digest)
    {
        digest.Add(0, (ulong)entry.At.Nanoseconds, (ulong)entry.Node.Index, 0);
        entry.Notice.Into(digest);
    }

    [Test]
    public void The_language_of_the_machine_changes_nothing()
    {
        string usual = Simulation.Run(Some.World(views: 40), []).Digest;
        CultureInfo before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat = new NumberFormatInfo { NegativeSign = "~", NumberDecimalSeparator = "," };
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.That($"{-1.5}", Is.EqualTo("~1,5"));
            Assert.That(Simulation.Run(Some.World(views: 40), []).Digest, Is.EqualTo(usual));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Two_nodes_of_one_name_are_refused_for_they_would_share_their_chances()
    {
        RunSpec spec = Some.World(4);
        Assert.That(() => Simulation.Run(spec with { Nodes = [.. spec.Nodes, spec.Nodes[0]] }, []),
            Throws.ArgumentException.With.Message.Contains("consensus-001"));
    }

    [Test]
    public void A_message_that_would_arrive_before_it_is_sent_ends_the_run()
    {
        RunSpec spec = Some.World(4) with { Network = Some.Network(SimDuration.FromMilliseconds(-1)) };
        Assert.That(() => Simulation.Run(spec, []), Throws.TypeOf<InvariantViolation>());
    }

    [Test]
    public void Adding_a_node_leaves_the_draws_of_the_others_unchanged()
    {
        RunSpec few = Some.Mainnet();
        IReadOnlyList<NodeSpec> more =
            [new NodeSpec("a-newcomer", Role.Consensus, 100, 0, "operator"), .. few.Nodes];
        SimDuration[] before = Latencies(few.Network, few.Nodes, shift: 0);
        SimDuration[] after = Latencies(few.Network, more, shift: 1);
        Assert.That(after, Is.EqualTo(before));
        Assert.That(before.Distinct().Count(), Is.GreaterThan(80));
    }

    [Test]
    public void Timeouts_and_certificates_of_both_kinds_occur_where_latency_is_of_the_order_of_the_timeout()
    {
        int byTc = 0;
        int byQc = 0;
        Simulation.Run(GoldenDigestTests.TimeoutsAndTcs(), [new Listener(e =>
        {
            if (e.Notice is Notice.EnteredView { ByTc: true }) byTc++;
            if (e.Notice is Notice.EnteredView { ByTc: false }) byQc++;
        })]);
        Assert.That(byTc, Is.GreaterThan(20));
        Assert.That(byQc, Is.GreaterThan(200));
    }

    /// <summary>Latency from node 0 of the smaller population to all others, wherever they stand.</summary>
    private static SimDuration[] Latencies(NetworkSpec network, IReadOnlyList<NodeSpec> nodes, int shift)
    {
        ulong[] keys = [.. nodes.Select(n => Mix64.OfText(n.Name))];
        var links = new Links(network with { UplinkBitsPerSecond = 0 }, nodes, keys, new Luck(1));
        var vote = new Message.Vote(new View(5), default, new NodeId(shift), true);
        Links.Sending sending = links.Begin(shift, vote);
        return [.. Enumerable.Range(shift, nodes.Count - shift).Select(to =>
            sending.Arrival(SimTime.Zero, to, out _) - SimTime.Zero)];
    }
}
