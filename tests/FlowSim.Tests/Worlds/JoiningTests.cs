using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>How nodes join a running chain from a snapshot, and how they leave it.</summary>
public sealed class JoiningTests
{
    private const int Stays = EpochWorld.Stays;

    private const ulong Views = EpochWorld.Views;

    /// <summary>The joiner among five consensus nodes, and where the access nodes are.</summary>
    private const int Joiner = 4;

    private static readonly int[] AccessNodes = [14, 15];

    [Test]
    public void A_snapshot_is_of_the_newest_final_block_once_the_epoch_is_set_up()
    {
        EpochLife life = EpochLife.Of(World());
        (SimTime at, int node, Notice.Bootstrapped born) = life.Heard<Notice.Bootstrapped>().Single();
        double setUp = life.First(EpochChange.SetupPhaseStarted).At.TotalSeconds;
        Assert.Multiple(() =>
        {
            Assert.That(node, Is.EqualTo(Joiner));
            Assert.That(at.TotalSeconds, Is.InRange(setUp, setUp + 5.5), "it asks every five seconds");
            Assert.That(born.Head.Height.Value, Is.InRange(FinalHeight(life, at) - 2, FinalHeight(life, at)));
            Assert.That(life.Heard<Notice.Finalized>().Where(e => e.Node == Joiner)
                .Min(e => e.Notice.Block.Height.Value), Is.EqualTo(born.Head.Height.Value + 1), "nothing older");
            Assert.That(Shares(life), Is.Not.Empty.And.All.True);
        });
    }

    [Test]
    public void Who_waits_for_the_commitment_has_no_key_in_its_first_epoch()
    {
        RunSpec spec = World();
        EpochLife life = EpochLife.Of(spec with
        {
            Protocol = spec.Protocol! with { Joining = spec.Protocol.Joining with { Phase = JoinPhase.Committed } },
        });
        double committed = life.First(EpochChange.CommittedPhaseStarted).At.TotalSeconds;
        Assert.That(life.Heard<Notice.Bootstrapped>().Single().At.TotalSeconds,
            Is.InRange(committed, committed + 5.5));
        Assert.That(life.Heard<Notice.DkgEnded>().Select(e => e.Node), Does.Not.Contain(Joiner));
        Assert.That(Shares(life), Is.Not.Empty.And.All.False);
    }

    /// <remarks>The node that is asked first is the same in both worlds.</remarks>
    [Test]
    public void An_access_node_that_is_down_is_asked_in_vain_and_another_one_a_minute_later()
    {
        double[] joined =
            [.. AccessNodes.Select(down => JoinedAt(World(start: 40).Down(5, 400, DiskLoss.Nothing, down)))];
        Array.Sort(joined);
        Assert.That(joined[0], Is.EqualTo(40).Within(0.5));
        Assert.That((joined[1] - 40) % 60, Is.EqualTo(0).Within(0.5));
        Assert.That(joined[1], Is.InRange(99, 300));
    }

    [Test]
    public void Without_an_access_node_nobody_joins()
    {
        EpochLife life = EpochLife.Of(World().Down(5, 400, DiskLoss.Nothing, AccessNodes).Until(Views - 20));
        Assert.That(life.Heard<Notice.Bootstrapped>(), Is.Empty);
    }

    [Test]
    public void Who_comes_too_late_begins_within_its_epoch()
    {
        EpochLife life = EpochLife.Of(World(start: 170).Until(Views + 80));
        (SimTime at, _, Notice.Bootstrapped born) = life.Heard<Notice.Bootstrapped>().Single();
        Assert.Multiple(() =>
        {
            Assert.That(at.TotalSeconds, Is.EqualTo(170).Within(0.5));
            Assert.That(born.Head.View.Value, Is.GreaterThan(Views));
            Assert.That(life.Heard<Notice.Voted>().Where(e => e.Node == Joiner).Min(e => e.Notice.Vote.View.Value),
                Is.InRange(born.Head.View.Value + 1, born.Head.View.Value + 20),
                "two polls of the synchronisation are enough");
            Assert.That(Shares(life), Is.Not.Empty.And.All.False);
        });
    }

    /// <summary>The transactions that the old cluster has when its epoch ends come into blocks of the next one.
    /// </summary>
    [Test]
    public void The_cluster_of_those_who_leave_drains()
    {
        RunSpec spec = EpochWorld.Of(4, epochs: 1);
        NodeSpec[] nodes =
        [
            .. spec.Nodes.Select((node, i) => node.Role != Role.Collection ? node
                : i < 6 ? node with { LastEpoch = 0 }
                : node with { FirstEpoch = 1 }),
        ];
        var workload = new Workload
        {
            CallsPerThousandSeconds = 2_000, From = SimTime.FromSeconds(120), Until = SimTime.FromSeconds(160),
        };
        EpochLife life = EpochLife.Of((spec with
        {
            Nodes = nodes, Pipeline = spec.Pipeline! with { Workload = workload },
        }).Until(Views + 60));
        List<(ulong View, int Guarantor)> guarantees =
        [
            .. life.Chain.SelectMany(block => ((Payload.Main)block.Payload!).Guarantees
                .SelectMany(g => g.Guarantors.Select(signer => (block.View.Value, signer.Index)))),
        ];
        Assert.Multiple(() =>
        {
            Assert.That(guarantees.Where(g => g.Guarantor < 6).Max(g => g.View), Is.GreaterThanOrEqualTo(Views),
                "the old cluster's last collections come with the new epoch's blocks");
            Assert.That(guarantees.Where(g => g.Guarantor is 6 or 7).Min(g => g.View), Is.GreaterThanOrEqualTo(Views));
            Assert.That(guarantees.Where(g => g.Guarantor < 6).Max(g => g.View), Is.LessThan(Views + 40), "and end");
        });
    }

    private static RunSpec World(long start = 0)
    {
        RunSpec spec = EpochWorld.Of(1,
            EpochWorld.Consensus((0, Stays), (0, Stays), (0, Stays), (0, Stays), (1, Stays)));
        return start == 0 ? spec
            : spec.Down(0, start, DiskLoss.Nothing, Joiner) with
            {
                Protocol = spec.Protocol! with { Joining = JoinSpec.FlowGo },
            };
    }

    private static double JoinedAt(RunSpec spec) =>
        EpochLife.Of(spec.Until(Views + 150)).Heard<Notice.Bootstrapped>().Single().At.TotalSeconds;

    private static ulong FinalHeight(EpochLife life, SimTime at) => life.Heard<Notice.Finalized>()
        .Where(e => e.At <= at).Max(e => e.Notice.Block.Height.Value);

    private static IEnumerable<bool> Shares(EpochLife life) => life.Heard<Notice.Voted>()
        .Where(e => e.Node == Joiner).Select(e => e.Notice.Vote.HasBeaconShare);
}
