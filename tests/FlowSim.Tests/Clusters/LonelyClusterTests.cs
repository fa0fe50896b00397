using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using NUnit.Framework;

namespace FlowSim.Tests.Clusters;

/// <summary>A cluster of one node, which needs nobody: all that it does is seen at the engine.</summary>
public sealed class LonelyClusterTests
{
    private static readonly RunSpec Run = ClusterWorld.Of(1, 1, views: 3_000);

    private static readonly SomeMain Main = new(1_600);

    private readonly Effects into = new();
    private readonly List<Effect> happened = [];
    private ClusterCommons commons = null!;
    private CollectionEngine engine = null!;
    private SimTime now;

    [SetUp]
    public void Begin()
    {
        ClusterPlan plan = ClusterWorld.Plan(Run);
        commons = new ClusterCommons(Run, Run.Pipeline!.Clusters, plan, ClusterWorld.RosterOf(Run));
        engine = new CollectionEngine(StartFrom(Disk.Bootstrapped(Main.Root), false), commons);
        happened.Clear();
        now = SimTime.Zero;
        engine.Start(now, into);
    }

    [Test]
    public void A_proposal_is_published_a_fixed_delay_after_the_view_is_entered()
    {
        Job.PublishInCluster first = Pending();
        Assert.That(first.Target, Is.EqualTo(now + SimDuration.FromMilliseconds(250)));
        Assert.That(first.Proposal.Inner, Is.InstanceOf<Message.Proposal>()
            .With.Property(nameof(Message.Proposal.Block)).Property(nameof(Block.View)).EqualTo(new View(1)));
        Turn();
        Assert.That(Pending().Target, Is.EqualTo(now + SimDuration.FromMilliseconds(250)));
    }

    [Test]
    public void A_final_collection_is_guaranteed_to_the_consensus_nodes_and_served()
    {
        Collection collection = Collected(Main.Transaction(1, 0));
        Guarantee said = Reported<Notice.Pledged>().Single().Guarantee;
        Guarantee sent = happened.Where(effect => effect.Kind == EffectKind.Multicast
                && effect.To.Index == Audience.Of(Role.Consensus).Index)
            .Select(effect => ((Message.Pipeline.Pledge)effect.Payload!).Guarantee).Single();
        Assert.That(sent, Is.SameAs(said));
        Assert.That(sent.Guarantors, Is.EqualTo(new[] { Self }));
        Assert.That(sent.CollectionId, Is.EqualTo(collection.Id));
        Assert.That(Request(new CollectionId(77), collection.Id), Is.EqualTo(new[] { collection }));
        Assert.That(Request(new CollectionId(77)), Is.Null);
    }

    [Test]
    public void An_empty_block_is_not_guaranteed()
    {
        for (int i = 0; i < 8; i++) Turn();
        Assert.That(Reported<Notice.OfCluster>().Count(said => said.Inner is Notice.Finalized), Is.GreaterThan(4));
        Assert.That(Reported<Notice.Pledged>(), Is.Empty);
    }

    [Test]
    public void What_is_final_is_neither_taken_nor_collected_again()
    {
        Transaction once = Main.Transaction(1, 0);
        Collected(once);
        Assert.That(engine.WorthOf(new Message.Pipeline.Offer(once)), Is.EqualTo(Worth.Nothing));
        engine.Receive(now, default, new Message.Pipeline.Offer(once), into);
        for (int i = 0; i < 8; i++) Turn();
        Assert.That(Reported<Notice.Pledged>(), Has.Exactly(1).Items);
    }

    [Test]
    public void What_is_final_is_known_and_served_after_a_restart()
    {
        Collection collection = Collected(Main.Transaction(1, 0));
        engine = new CollectionEngine(
            StartFrom(Disk.Bootstrapped(Main.Root) with { Engine = engine.Saved }, true), commons);
        happened.Clear();
        engine.Start(now, into);
        Assert.That(Request(collection.Id), Is.Not.Null);
        engine.Receive(now, default, new Message.Pipeline.Offer(Main.Transaction(1, 0)), into);
        engine.Receive(now, default, new Message.Pipeline.Offer(Main.Transaction(2, 0)), into);

        // It proposed in this view already, as its safety data know.
        engine.OnTimer(now, TimerKind.OddClusterView, into);
        Assert.That(happened.Concat(All()).Any(effect => effect.Kind == EffectKind.Begin), Is.False);
        engine.OnTimer(now, TimerKind.EvenClusterView, into);
        for (int i = 0; i < 8; i++) Turn();
        Assert.That(Reported<Notice.Pledged>().Select(said => said.Guarantee.CollectionId),
            Is.EqualTo(new[] { Collection.Of([Main.Transaction(2, 0)], Main.Root.Id, default).Id }));
    }

    [Test]
    public void What_was_not_final_at_a_crash_is_not_collected_again()
    {
        Transaction open = Main.Transaction(1, 0);
        engine.Receive(now, default, new Message.Pipeline.Offer(open), into);
        Turn();
        Turn();
        engine = new CollectionEngine(
            StartFrom(Disk.Bootstrapped(Main.Root) with { Engine = engine.Saved }, true), commons);
        Assert.That(Reported<Notice.Pledged>(), Is.Empty);
        engine.Start(now, into);
        engine.Receive(now, default, new Message.Pipeline.Offer(open), into);
        engine.OnTimer(now, TimerKind.EvenClusterView, into);
        for (int i = 0; i < 8; i++) Turn();
        Assert.That(Reported<Notice.Pledged>(), Has.Exactly(1).Items);
    }

    [Test]
    public void A_collection_is_forgotten_when_its_expiry_is_sealed_and_a_transaction_when_it_has_expired()
    {
        Collection collection = Collected(Main.Transaction(1, 0));
        for (ulong height = 1; height <= 1_599; height++) engine.Finalized(now, Main[height], into);
        into.Clear();
        Assert.That(Request(collection.Id), Is.Not.Null, "nothing is sealed");
        Assert.That(((CollectionDisk)engine.Saved).Seats.Single().History.Count, Is.Zero);
        engine.Finalized(now, Main.Next(Main[1_599], 701), into);
        Assert.That(Request(collection.Id), Is.Null);
    }

    private static NodeId Self => ClusterWorld.Collectors(Run).Single();

    private EngineStart StartFrom(Disk disk, bool isRestart) => new(Self, Main.Root, disk, isRestart,
        new Ledger(new Archive(Main.Root, 1)), ClusterWorld.RosterOf(Run), new Luck(1));

    private Collection Collected(Transaction transaction)
    {
        engine.Receive(now, default, new Message.Pipeline.Offer(transaction), into);
        for (int i = 0; i < 8; i++) Turn();
        Block full = Reported<Notice.OfCluster>().Select(said => said.Inner).OfType<Notice.Finalized>()
            .Select(final => final.Block).Single(block => Of(block).Transactions.Count > 0);
        Assert.That(Of(full).Transactions, Is.EqualTo(new[] { transaction }));
        return Of(full);
    }

    private static Collection Of(Block block) => ((Payload.OfCluster)block.Payload!).Collection;

    private Job.PublishInCluster Pending()
    {
        Note();
        return (Job.PublishInCluster)happened.Last(effect => effect.Kind == EffectKind.Begin).Payload!;
    }

    /// <summary>The next proposal is published.</summary>
    private void Turn()
    {
        Job.PublishInCluster next = Pending();
        now = next.Target;
        engine.Done(now, next, into);
        Note();
    }

    private IEnumerable<Effect> All() => Enumerable.Range(0, into.Count).Select(i => into[i]);

    private void Note()
    {
        happened.AddRange(All());
        into.Clear();
    }

    private IEnumerable<T> Reported<T>() => happened.Where(effect => effect.Kind == EffectKind.Report)
        .Select(effect => effect.Payload).OfType<T>();

    private IReadOnlyList<Collection>? Request(params CollectionId[] wanted)
    {
        Note();
        engine.Receive(now, new NodeId(0), new Message.Pipeline.CollectionRequest(wanted, 5), into);
        if (into.Count == 0) return null;
        var response = (Message.Pipeline.CollectionResponse)into[0].Payload!;
        Assert.That((into[0].Kind, into[0].To, response.Nonce), Is.EqualTo((EffectKind.Send, new NodeId(0), 5UL)));
        into.Clear();
        return response.Collections;
    }
}
