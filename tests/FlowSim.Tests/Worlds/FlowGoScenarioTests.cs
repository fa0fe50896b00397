using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Tests.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>The scenarios of flow-go's own integration tests and what they expect.</summary>
/// <remarks>
/// consensus/hotstuff/integration and consensus/integration. Every run also checks that final chains are prefixes of
/// one chain. Those of epochs are the EpochScenarioTests.
/// </remarks>
public sealed class FlowGoScenarioTests
{
    private const long TimeoutMs = 100;
    private const long ComplianceTimeoutMs = 500;

    [Test]
    public void Two_of_seven_send_neither_votes_nor_proposals()
    {
        Progress run = Progress.Of(World(7), (in Delivery d) =>
            d.From < 2 && d.Message is (Message.Vote or Message.Proposal) ? SimTime.Never : d.Arrival);
        Assert.That(run.LeastFinalView(Nodes(7)), Is.GreaterThanOrEqualTo(30));
        Assert.That(run.Of<Notice.TcAssembled>(), Is.Not.Empty, "a silent leader's view ends by TC");
    }

    [Test]
    public void Two_of_four_send_timeout_objects_only()
    {
        RunSpec spec = World(4, Constant(10) with { MaxTimeout = Milliseconds(50) });
        Progress run = Progress.Of(spec, (in Delivery d) =>
            d.From < 2 && d.Message is not Message.Timeout ? SimTime.Never : d.Arrival);
        foreach (int node in Nodes(4))
        {
            Assert.That(run.CurrentView(node), Is.GreaterThanOrEqualTo(30));
            Assert.That(run.FinalViews(node), Is.Empty);
        }
    }

    [Test]
    public void One_of_five_is_silent()
    {
        Progress run = Progress.Of(World(5), (in Delivery d) => d.From == 0 ? SimTime.Never : d.Arrival);
        Assert.That(run.LeastFinalView(1, 2, 3, 4), Is.GreaterThanOrEqualTo(30));
    }

    /// <remarks>
    /// A node gives up in every view but those whose votes it collects, which it leaves with the QC.
    /// The first view's proposal goes out at once: elsewhere a replica enters a view by its proposal, and votes before
    /// it gives up, but all start in the first view. A leader that gives up takes the other of the two along; that one
    /// may give up before the proposal comes, and its vote is not needed: the leader's own is the proposal.
    /// </remarks>
    [Test]
    public void Two_of_four_know_no_timeout_objects_and_proposals_take_two_timeouts()
    {
        RunSpec spec = World(4);
        spec = spec with
        {
            CruiseControl = spec.CruiseControl with { FallbackProposalDelay = Milliseconds(2 * TimeoutMs) },
        };
        Progress run = Progress.Of(spec, (in Delivery d) =>
            d.Message is Message.Timeout && (d.From < 2 || d.To < 2) ? SimTime.Never : d.Arrival, FirstViewAtOnce);
        Assert.That(run.Of<Notice.TcAssembled>(), Is.Empty);
        foreach (int node in Nodes(4))
        {
            ulong[] final = run.FinalViews(node);
            Assert.That(final, Has.Length.GreaterThanOrEqualTo(20));
            Assert.That(final, Is.EqualTo(Enumerable.Range(1, final.Length)), "no view is left out");
            IEnumerable<ulong> collected = run.Of<Notice.QcAssembled>().Where(e => e.Node == node)
                .Select(e => e.Notice.Qc.View.Value);
            IEnumerable<ulong> givenUp = run.Of<Notice.TimedOut>().Where(e => e.Node == node)
                .Select(e => e.Notice.Timeout.View.Value);
            Assert.That(givenUp.Union(collected), Is.SupersetOf(final));
            Assert.That(givenUp.Distinct().Count(), Is.GreaterThan(final.Length / 2));
        }

        foreach ((SimTime at, int node, Notice.Published published) in run.Of<Notice.Published>().Skip(1))
        {
            Assert.That(run.Of<Notice.TimedOut>().Any(e => e.Node == node && e.At < at
                && e.Notice.Timeout.View == published.Block.View), "its leader gives up before it publishes");
        }
    }

    [Test]
    public void Four_nodes_start_at_different_times()
    {
        Progress run = Progress.Of(World(4), (in Delivery d) =>
            d.Message is Message.Vote { View.Value: 1 } or Message.Timeout { View.Value: 1, Tick: 0 }
                ? SimTime.Never
                : d.Arrival);
        Assert.That(run.LeastFinalView(Nodes(4)), Is.GreaterThanOrEqualTo(20));
        Assert.That(run.Of<Notice.TcAssembled>().Any(e => e.Notice.Tc.View.Value == 1), "repeated objects end view 1");
    }

    [TestCase(1)]
    [TestCase(3)]
    public void Alone_or_three_together(int consensus) =>
        Assert.That(Progress.Of(World(consensus, Constant(5_000))).LeastFinalView(Nodes(consensus)),
            Is.GreaterThanOrEqualTo(100));

    [Test]
    public void Two_of_seven_do_not_vote()
    {
        RunSpec spec = World(7, Constant(1_000)) with { Liars = [new Liar.VoteWithholder(new NodeSet(7, [0, 1]))] };
        Assert.That(Progress.Of(spec).LeastFinalView(Nodes(7)), Is.GreaterThanOrEqualTo(30));
    }

    [Test]
    public void Three_nodes_undisturbed() =>
        Assert.That(Progress.Of(Compliance(3)).LeastFinalCount(Nodes(3)), Is.GreaterThanOrEqualTo(30));

    [Test]
    public void One_of_five_is_blocked()
    {
        var always = new Window(SimTime.Zero, SimTime.Never);
        (NodeSet one, NodeSet all) = (new NodeSet(5, [0]), new NodeSet(5, Nodes(5)));
        RunSpec spec = Compliance(5) with
        {
            LinkFaults = [new LinkFault.Cut(always, one, all), new LinkFault.Cut(always, all, one)],
        };
        Progress run = Progress.Of(spec);
        Assert.That(run.LeastFinalCount(1, 2, 3, 4), Is.GreaterThanOrEqualTo(30));
        Assert.That(run.FinalViews(0), Is.Empty);
    }

    [Test]
    public void First_ten_messages_to_a_node_are_lost()
    {
        int lost = 0;
        Progress run = Progress.Of(Compliance(4), (in Delivery d) =>
            d.To == 0 && lost++ < 10 ? SimTime.Never : d.Arrival);
        Assert.That(lost, Is.GreaterThan(10));
        Assert.That(run.LeastFinalCount(Nodes(4)), Is.GreaterThanOrEqualTo(30));
    }

    [Test]
    public void A_tenth_of_all_messages_is_lost([Range(1, 5)] int seed)
    {
        Luck.Purpose loss = new Luck((ulong)seed).For("scenario: loss");
        ulong sent = 0;
        Progress run = Progress.Of(Compliance(4), (in Delivery d) =>
            Luck.Below(loss.Draw(sent++), 10) == 0 ? SimTime.Never : d.Arrival);
        Assert.That(run.LeastFinalCount(Nodes(4)), Is.GreaterThanOrEqualTo(10));
    }

    [Test]
    public void All_messages_are_late_by_a_tenth_to_half_of_the_timeout([Range(1, 5)] int seed)
    {
        Luck.Purpose delay = new Luck((ulong)seed).For("scenario: delay");
        ulong sent = 0;
        Progress run = Progress.Of(Compliance(4), (in Delivery d) => d.Arrival + Milliseconds(
            ComplianceTimeoutMs / 10 + Luck.Below(delay.Draw(sent++), ComplianceTimeoutMs * 4 / 10 + 1)));
        Assert.That(run.LeastFinalCount(Nodes(4)), Is.GreaterThanOrEqualTo(30));
    }

    [Test]
    public void One_of_three_hears_everything_later_than_the_timeout()
    {
        Progress run = Progress.Of(Compliance(3), (in Delivery d) =>
            d.To == 0 ? d.Arrival + Milliseconds(ComplianceTimeoutMs + 1) : d.Arrival);
        Assert.That(run.LeastFinalCount(Nodes(3)), Is.GreaterThanOrEqualTo(30));
    }

    [Test]
    public void Repeated_timeout_objects_end_a_view_whose_first_ones_were_lost()
    {
        RunSpec spec = Compliance(4);
        spec = spec with { Stop = spec.Stop with { Time = SimTime.FromSeconds(10) } };
        Progress run = Progress.Of(spec, (in Delivery d) =>
            d.Message is Message.Proposal { Block.View.Value: 5 } or Message.Timeout { Tick: 0 }
                ? SimTime.Never
                : d.Arrival);
        Assert.That(run.LeastFinalCount(Nodes(4)), Is.GreaterThanOrEqualTo(5));
        Assert.That(run.FinalViews(0), Does.Not.Contain(5UL));
        Assert.That(run.Of<Notice.TcAssembled>().Any(e => e.Notice.Tc.View.Value == 5));
    }

    [Test]
    public void Three_nodes_cross_into_the_next_epoch()
    {
        RunSpec spec = Compliance(3) with { Epochs = Some.Epochs(views: 8, tauMs: 1_000) };
        Progress run = Progress.Of(spec with { Stop = new StopCondition(new View(15), SimTime.FromSeconds(60)) });
        Assert.That(run.LeastFinalCount(Nodes(3)), Is.GreaterThanOrEqualTo(8));
        Assert.That(run.LeastFinalView(Nodes(3)), Is.GreaterThan(8), "a view of the second epoch");
    }

    /// <summary>A world as in hotstuff/integration: next to no latency, a constant timeout.</summary>
    private static RunSpec World(int consensus, PacemakerConfig? pacemaker = null)
    {
        RunSpec plain = Some.World(consensus, views: 2_000);
        return plain with
        {
            Network = Some.Network(Milliseconds(1)),
            Pacemaker = pacemaker ?? Constant(TimeoutMs),
            CruiseControl = plain.CruiseControl with { Enabled = false, FallbackProposalDelay = SimDuration.Zero },
            Stop = new StopCondition(new View(200), SimTime.FromSeconds(120)),
        };
    }

    /// <summary>A world as in consensus/integration.</summary>
    private static RunSpec Compliance(int consensus) => World(consensus, Constant(ComplianceTimeoutMs) with
    {
        MaxTimeout = SimDuration.FromSeconds(60),
        MaxRebroadcastInterval = Milliseconds(ComplianceTimeoutMs),
    });

    private static readonly Seams FirstViewAtOnce = Plant.Everywhere((now, effect, into) =>
    {
        if (effect is { Kind: EffectKind.Publish, Payload: Message.Proposal { Block.View.Value: 1 } first })
            into.Publish(first, now);
        else into.Add(effect);
    });

    private static PacemakerConfig Constant(long timeoutMs) =>
        new(Milliseconds(timeoutMs), Milliseconds(timeoutMs), 1.5, 6, SimDuration.FromSeconds(1));

    private static SimDuration Milliseconds(long count) => SimDuration.FromMilliseconds(count);

    private static IEnumerable<int> Nodes(int consensus) => Enumerable.Range(0, consensus);
}
