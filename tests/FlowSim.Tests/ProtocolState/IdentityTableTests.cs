using System.Linq;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.ProtocolState;

/// <summary>Who is active, joining, leaving and ejected in each phase.</summary>
public sealed class IdentityTableTests
{
    private const ulong Second = SomeEpochs.Final + 1;

    private static readonly ServiceEvent.EpochSetup Next = SomeEpochs.Setup(2, Second,
    [
        .. SomeEpochs.Members.Where(m => m.Id.Index != 5), new(new NodeId(7), Role.Verification, 100),
        new(new NodeId(8), Role.Access, 100),
    ]);

    private static readonly KeyValueSnapshot Staking = SomeEpochs.In(EpochPhase.Staking);
    private static readonly KeyValueSnapshot Committed = Staking.After(200, Next, SomeEpochs.Commit(Next)).Snapshot;

    [Test]
    public void In_a_first_epoch_all_are_active() => Assert.That(Table(Staking), Is.EqualTo("AAAAAAA"));

    [Test]
    public void Once_set_up_the_next_epochs_new_members_join()
    {
        Assert.That(Table(Staking.After(200, Next).Snapshot), Is.EqualTo("AAAAAAAJJ"));
        Assert.That(Table(Committed), Is.EqualTo("AAAAAAAJJ"));
    }

    [Test]
    public void While_staking_the_old_members_leave_and_are_gone_at_setup()
    {
        KeyValueSnapshot entered = Committed.After(Second).Snapshot;
        Assert.That(Table(entered), Is.EqualTo("AAAAALAAA"));

        ServiceEvent.EpochSetup third = SomeEpochs.Setup(3, Second + SomeEpochs.Length, [.. Next.Participants]);
        Assert.That(Table(entered.After(Second + 1, third).Snapshot), Is.EqualTo("AAAAA AAA"));
    }

    [Test]
    public void In_fallback_mode_those_that_were_to_join_are_gone()
    {
        KeyValueSnapshot setUp = Staking.After(200, Next).Snapshot;
        Assert.That(Table(setUp.After(SomeEpochs.Final - SomeEpochs.Threshold).Snapshot), Is.EqualTo("AAAAAAA"));
    }

    [Test]
    public void An_ejected_node_is_nothing_else()
    {
        KeyValueSnapshot state = Committed;
        foreach (int node in new[] { 1, 5, 8 })
            state = state.After(201, new ServiceEvent.EjectNode(new NodeId(node))).Snapshot;
        Assert.That(Table(state), Is.EqualTo("AEAAAEAJE"));
        Assert.That(Table(state.After(Second).Snapshot), Is.EqualTo("AEAAAEAAE"), "also as one that leaves");
    }

    /// <summary>The status of each node by index, by first letters; a gap for who is in no epoch.</summary>
    private static string Table(KeyValueSnapshot state)
    {
        var table = IdentityTable.Of(state.Epochs);
        Assert.That(table.Select(i => i.Participant.Id), Is.Ordered.And.Unique);
        char[] letters = [.. Enumerable.Repeat(' ', table[^1].Participant.Id.Index + 1)];
        foreach (Identity identity in table)
            letters[identity.Participant.Id.Index] = identity.Status.ToString()[0];
        return new string(letters);
    }
}
