using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Tests.ProtocolState;
using NUnit.Framework;
using static FlowSim.Tests.Epochs.DkgTests;

namespace FlowSim.Tests.Epochs;

/// <summary>What a process that dies, or was down, costs a node's beacon key.</summary>
public sealed class DkgRestartTests
{
    [TestCase(EpochNet.SetupAt + 30UL, TestName = "In the first phase")]
    [TestCase(EpochNet.End1 + 30UL, TestName = "In the second phase")]
    [TestCase(EpochNet.End2 + 30UL, TestName = "In the third phase")]
    public void A_process_that_dies_in_between_costs_the_node_its_key_and_nobody_else(ulong at)
    {
        EpochNet net = new EpochNet(7) { Down = [(2, at, at + 5)] }.Run();
        Assert.That(net.Ended(2), Is.EqualTo(new Notice.DkgEnded(2, 0, false)));
        Assert.That(net.Sent.Where(sent => sent.From == Node(2) && sent.View > at), Is.Empty);
        Assert.That(net.Keys(0, 1, 3, 4, 5, 6), Is.All.EqualTo(KeyOf(net)));
        Assert.That(net.Part(2).HoldsKey(2), Is.False);
        Assert.That(net.Part(2).HoldsKey(1));
    }

    [TestCase(EpochNet.End3 + 2UL)]
    [TestCase(EpochNet.End3 + 20UL)]
    public void A_process_that_dies_after_the_end_costs_nothing(ulong at)
    {
        EpochNet net = new EpochNet(7) { Down = [(2, at, at + 20)] }.Run(340);
        Assert.That(net.Part(2).HoldsKey(2));
        Assert.That(net.Notices.Count(n => n.Node == 2 && n.Notice is Notice.DkgEnded), Is.EqualTo(1));
    }

    [Test]
    public void Who_comes_up_after_the_setup_takes_part_if_it_is_in_time()
    {
        EpochNet net = new EpochNet(7)
        {
            Down = [(2, EpochNet.SetupAt - 2, EpochNet.SetupAt + 10), (3, EpochNet.First, EpochNet.SetupAt + 10)],
        }.Run();
        Assert.That(net.Keys(Enumerable.Range(0, 7)), Is.All.EqualTo(KeyOf(net)));
        Assert.That(net.Part(2).HoldsKey(2));
        Assert.That(net.Part(3).HoldsKey(2));
    }

    [Test]
    public void Who_comes_up_after_the_first_phase_is_out_and_alone_with_its_key()
    {
        EpochNet net = new EpochNet(7) { Down = [(2, EpochNet.SetupAt - 2, EpochNet.End1 + 5)] }.Run();
        Assert.That(net.Keys(0, 1, 3, 4, 5, 6), Is.All.EqualTo(KeyOf(net, 2)));
        Assert.That(net.Ended(2), Is.EqualTo(new Notice.DkgEnded(2, KeyOf(net), true)), "its vector came too late");
        Assert.That(net.Part(2).HoldsKey(2), Is.False);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Who_lost_its_key_does_not_start_again_unless_it_may_go_without(bool required)
    {
        EpochNet net = new EpochNet(4)
        {
            Dkg = DkgSpec.FlowGo with { RequireBeaconKey = required },
            Down = [(2, 150, 155)],
            Forgets = (2, 140),
        }.Run(170);
        Assert.That(net.Notices.Contains((2, new Notice.BeaconKeyMissing(1))), Is.EqualTo(required));
        Assert.That(net.IsUp(2), Is.Not.EqualTo(required));
        if (!required) Assert.That(net.Part(2).HoldsKey(1), Is.False);
    }

    [Test]
    public void Who_forgets_its_keys_votes_without_a_share_at_once()
    {
        EpochNet net = new EpochNet(4) { Forgets = (2, 310) }.Run();
        Assert.That(Enumerable.Range(0, 4).Where(node => !net.Part(node).HoldsKey(2)), Is.EqualTo(new[] { 2 }));
        Assert.That(net.Part(2).HoldsKey(1), Is.False);
    }

    [TestCase(7UL, true)]
    [TestCase(8UL, false)]
    public void A_recovered_epoch_goes_on_with_the_current_key_if_it_says_so(ulong key, bool holds)
    {
        EpochNet net = new EpochNet(4) { Commits = false };
        ServiceEvent.EpochSetup early = SomeEpochs.Setup(1, 1);
        net.Events[EpochNet.End1] = SomeEpochs.Commit(early);
        net.Events[EpochNet.End3 + 10] =
            new ServiceEvent.EpochRecover(net.Setup2, SomeEpochs.Commit(net.Setup2) with { GroupKey = key });
        net.Run();
        Assert.That(net.Keys(0, 1, 2, 3), Is.All.EqualTo(KeyOf(net)), "fallback mode stops no key generation");
        Assert.That(Enumerable.Range(0, 4).Select(node => net.Part(node).HoldsKey(2)), Is.All.EqualTo(holds));
    }

    [Test]
    public void A_node_that_joins_has_no_key_of_the_current_epoch()
    {
        Assert.That(BeaconKeys.None.Holds(1), Is.False);
        Assert.That(BeaconKeys.AtRoot(Node(0), SomeEpochs.In(FlowSim.ProtocolState.EpochPhase.Staking)).Holds(1));
        Assert.That(BeaconKeys.AtRoot(Node(4), SomeEpochs.In(FlowSim.ProtocolState.EpochPhase.Staking)).Holds(1),
            Is.False);
    }

    [Test]
    public void The_oldest_keys_are_forgotten()
    {
        BeaconKeys keys = BeaconKeys.None;
        for (ulong epoch = 1; epoch <= 9; epoch++)
            keys = keys.With(new BeaconKey(epoch, DkgProgress.Committed, epoch, true));
        var held = new List<ulong>();
        for (ulong epoch = 0; epoch <= 10; epoch++)
        {
            if (keys.Holds(epoch)) held.Add(epoch);
        }

        Assert.That(held, Is.EqualTo(new ulong[] { 6, 7, 8, 9 }));
    }
}
