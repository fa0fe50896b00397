using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using NUnit.Framework;

namespace FlowSim.Tests.Clusters;

/// <summary>A collection node as a machine: what it answers, passes on, keeps, and which clusters it works in.
/// </summary>
public sealed class CollectionEngineTests
{
    private static readonly NodeId Client = new(0);

    private RunSpec run = null!;
    private ClusterPlan plan = null!;
    private ClusterCommons commons = null!;
    private SomeMain main = null!;
    private NodeId self;
    private CollectionEngine engine = null!;
    private Effects into = null!;

    [SetUp]
    public void Begin() => Begin(ClusterWorld.Of(40, 2, views: 100));

    [Test]
    public void A_submission_for_its_cluster_is_accepted_and_passed_on_to_eleven_members()
    {
        Submit(Own(0));
        Assert.That(Sent<Message.Pipeline.Acceptance>(), Is.EqualTo(new[] { Client }));
        NodeId[] offered = [.. Sent<Message.Pipeline.Offer>()];
        Assert.That(offered, Has.Length.EqualTo(11).And.Unique.And.SubsetOf(plan.MembersOf(Cluster(0)))
            .And.No.Member(self));
    }

    [Test]
    public void Another_transaction_goes_to_other_members()
    {
        Submit(Own(0));
        NodeId[] first = [.. Sent<Message.Pipeline.Offer>()];
        into.Clear();
        Submit(Own(0, skip: 1));
        Assert.That(Sent<Message.Pipeline.Offer>(), Is.Not.EquivalentTo(first));
    }

    [Test]
    public void In_a_small_cluster_all_others_get_it()
    {
        Begin(ClusterWorld.Of(10, 2, views: 100));
        Submit(Own(0));
        Assert.That(Of(EffectKind.Multicast).Single(effect => effect.Payload is Message.Pipeline.Offer).To,
            Is.EqualTo(new NodeId(Audience.Of(Cluster(0)).Index)));
        Assert.That(Sent<Message.Pipeline.Offer>(), Is.Empty);
    }

    [Test]
    public void A_submission_for_another_cluster_is_passed_on_to_that_one_and_does_not_wait_here()
    {
        ClusterId other = plan.ClustersOf(0).Single(cluster => cluster != Cluster(0));
        Transaction transaction = Routed(other, 0, 0);
        Submit(transaction);
        Assert.That(Sent<Message.Pipeline.Acceptance>(), Has.Exactly(1).Items);
        Assert.That(Sent<Message.Pipeline.Offer>().Count(), Is.EqualTo(11));
        Assert.That(Sent<Message.Pipeline.Offer>(), Is.SubsetOf(plan.MembersOf(other)));
        Assert.That(WorthOf(transaction), Is.EqualTo(Worth.Reading));
    }

    [Test]
    public void A_submission_that_may_not_be_taken_is_not_answered()
    {
        Submit(Own(0) with { Gas = 10_000 });
        Assert.That(into.Count, Is.Zero);
    }

    [Test]
    public void An_offer_waits_and_is_not_passed_on()
    {
        Transaction offered = Own(0);
        Assert.That(WorthOf(offered), Is.EqualTo(Worth.Reading));
        Receive(new Message.Pipeline.Offer(offered));
        Assert.That(into.Count, Is.Zero);
        Assert.That(WorthOf(offered), Is.EqualTo(Worth.Nothing));
    }

    [Test]
    public void An_epoch_s_cluster_begins_with_it_and_the_old_one_ends_601_heights_after_its_last()
    {
        FinalizeUpTo(99);
        Assert.That(SeatsNow(), Is.EqualTo(new[] { Cluster(0) }));
        FinalizeUpTo(100);
        Assert.That(SeatsNow(), Is.EqualTo(new[] { Cluster(0), Cluster(1) }));
        Assert.That(Of(EffectKind.SetEngineTimer).Select(effect => effect.Payload),
            Does.Contain(TimerKind.OddClusterView).And.No.Member(TimerKind.EvenClusterView));
        FinalizeUpTo(699);
        Assert.That(SeatsNow(), Has.Count.EqualTo(2));
        FinalizeUpTo(700);
        Assert.That(SeatsNow(), Is.EqualTo(new[] { Cluster(1) }));
    }

    [Test]
    public void What_an_old_cluster_says_is_worth_nothing_ever_and_what_a_coming_one_says_nothing_yet()
    {
        Message Of(int epoch) => new Message.OfCluster(Cluster(epoch), new Message.SyncRequest(default, 1));
        Assert.That(engine.WorthOf(Of(0)), Is.EqualTo(Worth.Reading));
        Assert.That(engine.WorthOf(Of(1)), Is.EqualTo(Worth.Nothing));
        FinalizeUpTo(700);
        Assert.That(engine.WorthOf(Of(0)), Is.EqualTo(Worth.NothingEver));
        Assert.That(engine.WorthOf(Of(1)), Is.EqualTo(Worth.Reading));
    }

    [Test]
    public void The_epoch_of_the_reference_block_decides_on_the_cluster()
    {
        FinalizeUpTo(110);
        Transaction late = Routed(Cluster(0), 0, 90);
        Receive(new Message.Pipeline.Offer(late));
        Assert.That(WorthOf(late), Is.EqualTo(Worth.Nothing));
    }

    [Test]
    public void A_restart_loses_what_waits_but_not_the_clusters()
    {
        Transaction waiting = Own(0);
        Submit(waiting);
        FinalizeUpTo(100);
        Assert.That(WorthOf(waiting), Is.EqualTo(Worth.Nothing));
        Restart();
        Assert.That(SeatsNow(), Is.EqualTo(new[] { Cluster(0), Cluster(1) }));
        Assert.That(WorthOf(waiting), Is.EqualTo(Worth.Reading));
        FinalizeUpTo(700);
        Assert.That(SeatsNow(), Is.EqualTo(new[] { Cluster(1) }));
    }

    [Test]
    public void A_restarted_node_knows_the_blocks_on_its_disk_that_are_not_final()
    {
        Disk disk = Disk.Bootstrapped(main.Root) with { Proposals = [new Message.Proposal(main[1], null)] };
        Transaction ahead = Routed(Cluster(0), 0, 1);
        engine = new CollectionEngine(StartFrom(disk with { Engine = engine.Saved }, true), commons);
        Receive(new Message.Pipeline.Offer(ahead));
        Assert.That(WorthOf(ahead), Is.EqualTo(Worth.Nothing));
    }

    [Test]
    public void A_collection_is_served_until_it_is_long_sealed()
    {
        var store = new CollectionStore();
        Collection early = Collection.Of([main.Transaction(1, 5)], main[5].Id, new Height(5));
        Collection late = Collection.Of([main.Transaction(2, 6)], main[6].Id, new Height(6));
        store.Add(early);
        store.Add(late);
        Assert.That(store.Find([late.Id, new CollectionId(9), early.Id]), Is.EqualTo(new[] { late, early }));
        store.PruneBelow(new Height(6));
        Assert.That(store.Find([late.Id, early.Id]), Is.EqualTo(new[] { late }));
        Assert.That(store.Count, Is.EqualTo(1));
    }

    private void Begin(RunSpec spec)
    {
        run = spec with { Epochs = [.. spec.Epochs.Take(1), spec.Epochs[1] with { FinalView = new View(5_000) }] };
        plan = ClusterWorld.Plan(run);
        commons = new ClusterCommons(run, run.Pipeline!.Clusters, plan, ClusterWorld.RosterOf(run));
        main = new SomeMain(800);
        self = ClusterWorld.Collectors(run).First();
        engine = new CollectionEngine(StartFrom(Disk.Bootstrapped(main.Root), false), commons);
        into = new Effects();
    }

    private EngineStart StartFrom(Disk disk, bool isRestart) => new(self, main.Root, disk, isRestart,
        new Ledger(new Archive(main.Root, 1)), ClusterWorld.RosterOf(run), new Luck(1));

    private void Restart()
    {
        Block final = ((CollectionDisk)engine.Saved).Main.Finalized;
        engine = new CollectionEngine(
            StartFrom(Disk.Bootstrapped(final) with { Engine = engine.Saved }, true), commons);
    }

    private ClusterId Cluster(int epoch) => plan.ClusterOf(self, epoch)!.Value;

    private Transaction Own(int epoch, int skip = 0) => Routed(Cluster(epoch), epoch, 0, skip);

    private Transaction Routed(ClusterId to, int epoch, ulong reference, int skip = 0) =>
        Enumerable.Range(1, 100).Select(id => main.Transaction((ulong)id, reference))
            .Where(transaction => plan.Route(transaction.Id, epoch) == to).Skip(skip).First();

    private void Submit(Transaction transaction) => Receive(new Message.Pipeline.Submission(transaction, 1));

    private void Receive(Message message) => engine.Receive(SimTime.Zero, Client, message, into);

    private void FinalizeUpTo(ulong height)
    {
        for (ulong h = ((CollectionDisk)engine.Saved).Main.Finalized.Height.Value + 1; h <= height; h++)
            engine.Finalized(SimTime.Zero, main[h], into);
    }

    private IReadOnlyList<ClusterId> SeatsNow() =>
        [.. ((CollectionDisk)engine.Saved).Seats.Select(seat => seat.Cluster)];

    private Worth WorthOf(Transaction transaction) => engine.WorthOf(new Message.Pipeline.Offer(transaction));

    private IEnumerable<Effect> Of(EffectKind kind) =>
        Enumerable.Range(0, into.Count).Select(i => into[i]).Where(effect => effect.Kind == kind);

    private IEnumerable<NodeId> Sent<T>() => Of(EffectKind.Send).Where(e => e.Payload is T).Select(e => e.To);
}
