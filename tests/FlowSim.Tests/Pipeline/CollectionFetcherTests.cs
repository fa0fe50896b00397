using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using NUnit.Framework;

namespace FlowSim.Tests.Pipeline;

public sealed class CollectionFetcherTests
{
    private static readonly SimDuration Four = SimDuration.FromSeconds(4);
    private static readonly SimDuration Ten = SimDuration.FromSeconds(10);

    [Test]
    public void What_is_needed_is_asked_for_at_once_from_a_guarantor_and_only_once()
    {
        CollectionFetcher fetcher = Fetcher();
        Guarantee guarantee = Of(1, 3, 4, 5);
        var effects = new Effects();

        fetcher.Want(SimTime.Zero, [guarantee], effects);
        fetcher.Want(SimTime.FromSeconds(1), [guarantee], effects);

        Assert.Multiple(() =>
        {
            Assert.That(Requests(effects).Single().Request.Collections, Is.EqualTo(new[] { guarantee.CollectionId }));
            Assert.That(guarantee.Guarantors, Does.Contain(Requests(effects).Single().To));
            Assert.That(fetcher.Deadline, Is.EqualTo(SimTime.FromSeconds(4)));
        });
    }

    [Test]
    public void Collections_of_one_guarantor_share_a_request_of_thirty_two_at_most()
    {
        Guarantee[] guarantees = [.. Enumerable.Range(0, 40).Select(i => Of((ulong)i, i % 2))];
        var effects = new Effects();

        Fetcher().Want(SimTime.Zero, guarantees, effects);

        Assert.That(Requests(effects).Select(r => (r.To.Index, r.Request.Collections.Count)),
            Is.EqualTo(new[] { (0, 20), (1, 20) }));
        effects.Clear();
        Fetcher().Want(SimTime.Zero, [.. Enumerable.Range(0, 40).Select(i => Of((ulong)i, 0))], effects);
        Assert.That(Requests(effects).Select(r => r.Request.Collections.Count), Is.EqualTo(new[] { 32, 8 }));
    }

    [Test]
    public void Retries_wait_four_eight_and_then_ten_seconds_and_each_is_another_occasion()
    {
        CollectionFetcher fetcher = Fetcher();
        var effects = new Effects();
        fetcher.Want(SimTime.Zero, [Of(1, 3, 4, 5)], effects);

        var at = new List<double>();
        for (int i = 0; i < 4; i++)
        {
            at.Add(fetcher.Deadline.TotalSeconds);
            fetcher.OnTimer(fetcher.Deadline - new SimDuration(1), effects);
            fetcher.OnTimer(fetcher.Deadline, effects);
        }

        Assert.Multiple(() =>
        {
            Assert.That(at, Is.EqualTo(new[] { 4.0, 12, 22, 32 }));
            Assert.That(Requests(effects).Select(r => r.Request.Occasion).Distinct().Count(), Is.EqualTo(5));
        });
    }

    [Test]
    public void What_came_or_is_forgotten_is_not_asked_for_again()
    {
        CollectionFetcher fetcher = Fetcher();
        var effects = new Effects();
        Collection collection = Collection.Of([], default, default);
        fetcher.Want(SimTime.Zero, [Of(collection.Id.Value, 3), Of(2, 4)], effects);
        var arrived = new List<Collection>();
        var response = new Message.Pipeline.CollectionResponse([collection], 0);

        Assert.That(fetcher.IsAwaited(response));
        fetcher.Receive(response, arrived);
        fetcher.Receive(response, arrived);
        fetcher.Forget(new CollectionId(2));

        Assert.Multiple(() =>
        {
            Assert.That(arrived, Is.EqualTo(new[] { collection }));
            Assert.That(fetcher.IsAwaited(response), Is.False);
            Assert.That(fetcher.Deadline, Is.EqualTo(SimTime.Never));
            Assert.That(fetcher.Missing, Is.Zero);
        });
    }

    [Test]
    public void One_timer_serves_several_deadlines()
    {
        var alarm = new EngineAlarm();
        var effects = new Effects();

        alarm.Within(SimTime.FromSeconds(5), effects);
        alarm.Within(SimTime.FromSeconds(3), effects);
        alarm.Within(SimTime.FromSeconds(4), effects);
        alarm.Within(SimTime.Never, effects);
        alarm.Fired();
        alarm.Within(SimTime.FromSeconds(5), effects);

        Assert.That(Enumerable.Range(0, effects.Count).Select(i => effects[i].At.TotalSeconds),
            Is.EqualTo(new[] { 5.0, 3, 5 }));
    }

    private static CollectionFetcher Fetcher() => new(new Luck(1).For("guarantor"), Four, Ten);

    private static Guarantee Of(ulong collection, params int[] guarantors) =>
        new(new CollectionId(collection), default, default, default, [.. guarantors.Select(i => new NodeId(i))]);

    private static List<(NodeId To, Message.Pipeline.CollectionRequest Request)> Requests(Effects effects) =>
    [
        .. Enumerable.Range(0, effects.Count).Select(i => effects[i])
            .Where(e => e.Payload is Message.Pipeline.CollectionRequest)
            .Select(e => (e.To, (Message.Pipeline.CollectionRequest)e.Payload!)),
    ];
}
