using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>What a node knows of epochs decides who votes and leads, and grows as epochs are committed.</summary>
public sealed class KnownEpochsTests
{
    private static readonly CommittedEpoch First = Epoch(0, 9, 1, [0, 1, 2]);
    private static readonly CommittedEpoch Second = Epoch(10, 29, 2, [2, 3]);

    [Test]
    public void A_view_has_the_committee_of_the_epoch_that_spans_it()
    {
        var epochs = new KnownEpochs([First, Second]);
        foreach (ulong view in new ulong[] { 0, 9, 10, 29, 9, 0 })
        {
            CommittedEpoch expected = view < 10 ? First : Second;
            Assert.That(epochs.At(new View(view)), Is.SameAs(expected.Committee));
            Assert.That(expected.Committee.IndexOf(epochs.Leader(new View(view))!.Value), Is.GreaterThanOrEqualTo(0));
        }

        Assert.That(Enumerable.Range(10, 20).Select(v => epochs.Leader(new View((ulong)v))).Distinct().Count(),
            Is.EqualTo(2), "both lead");
    }

    [Test]
    public void A_view_of_no_known_epoch_has_neither_committee_nor_leader()
    {
        var epochs = new KnownEpochs([Second]);
        foreach (ulong view in new ulong[] { 9, 30 })
        {
            Assert.That(epochs.At(new View(view)), Is.Null);
            Assert.That(epochs.Leader(new View(view)), Is.Null);
        }
    }

    [Test]
    public void A_committed_epoch_is_known_from_then_on_where_it_was_told()
    {
        KnownEpochs told = new([First]);
        KnownEpochs other = new([First]);
        told.Add(Second);
        Assert.That(told.At(new View(10)), Is.SameAs(Second.Committee));
        Assert.That(other.At(new View(10)), Is.Null);
        Assert.That(told.After(First.Timing), Is.SameAs(Second));
        Assert.That(told.After(Second.Timing), Is.Null);
    }

    [Test]
    public void An_extension_goes_on_with_the_same_leaders_where_it_was_told()
    {
        KnownEpochs told = new([First, Second]);
        KnownEpochs other = new([First, Second]);
        NodeId?[] before = Leaders(told, 10, 30);
        told.Extend(Second.Timing.Extended(new View(2_999)));
        Assert.That(Leaders(told, 10, 30), Is.EqualTo(before));
        Assert.That(Leaders(told, 30, 3_000), Has.None.Null);
        Assert.That(told.Newest.Timing.TargetDurationSeconds, Is.EqualTo(2_990));
        Assert.That(told.Leader(new View(3_000)), Is.Null);
        Assert.That(other.Leader(new View(30)), Is.Null, "another node has not heard of it");

        CommittedEpoch longer = Epoch(10, 2_999, 2, [2, 3]);
        Assert.That(Leaders(new KnownEpochs([longer]), 10, 3_000), Is.EqualTo(Leaders(told, 10, 3_000)));
    }

    [Test]
    public void Three_epochs_are_kept_and_all_of_them_where_that_is_asked()
    {
        KnownEpochs few = new([First]);
        KnownEpochs all = new([First], keepsAll: true);
        foreach (KnownEpochs epochs in new[] { few, all })
        {
            epochs.Add(Second);
            epochs.Add(Epoch(30, 39, 3, [1]));
            Assert.That(epochs.At(new View(9)), Is.SameAs(First.Committee));
            epochs.Add(Epoch(40, 49, 4, [0]));
        }

        Assert.That(few.At(new View(9)), Is.Null);
        Assert.That(few.At(new View(10)), Is.SameAs(Second.Committee));
        Assert.That(all.At(new View(9)), Is.SameAs(First.Committee));
    }

    [Test]
    public void What_does_not_follow_is_refused()
    {
        KnownEpochs epochs = new([First]);
        Assert.That(() => epochs.Add(Epoch(11, 20, 1, [0])), Throws.TypeOf<InvariantViolation>());
        Assert.That(() => epochs.Extend(First.Timing with { FinalView = new View(8) }),
            Throws.TypeOf<InvariantViolation>());
        Assert.That(() => epochs.Extend(Second.Timing), Throws.TypeOf<InvariantViolation>());
        Assert.That(() => Committee.Of([new Seat(new NodeId(0), 1, true), new Seat(new NodeId(0), 1, true)], 2),
            Throws.ArgumentException);
    }

    [Test]
    public void A_plan_has_the_members_of_each_epoch_and_one_committee_while_nothing_changes()
    {
        IReadOnlyList<NodeSpec> nodes = Some.Nodes(4);
        nodes = [nodes[0], nodes[1], nodes[2] with { LastEpoch = 1 }, nodes[3] with { FirstEpoch = 2 }];
        EpochTiming[] timings = [First.Timing, Second.Timing, new EpochTiming(new View(30), new View(39), 10, 40)];
        var epochs = KnownEpochs.Planned(nodes, timings, new Luck(1));
        Assert.That(epochs.At(new View(10)), Is.SameAs(epochs.At(new View(9))));
        Assert.That(epochs.At(new View(9))!.Members.ToArray().Select(id => id.Index), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(epochs.At(new View(30))!.Members.ToArray().Select(id => id.Index), Is.EqualTo(new[] { 0, 1, 3 }));
        Assert.That(epochs.IsComplete);
    }

    private static NodeId?[] Leaders(KnownEpochs epochs, int from, int until) =>
        [.. Enumerable.Range(from, until - from).Select(view => epochs.Leader(new View((ulong)view)))];

    private static CommittedEpoch Epoch(ulong first, ulong final, byte source, int[] members) => CommittedEpoch.Of(
        new EpochTiming(new View(first), new View(final), final - first + 1, final + 1),
        Committee.Of([.. members.Select(member => new Seat(new NodeId(member), 100, true))], 4),
        [.. Enumerable.Repeat(source, 16)]);
}
