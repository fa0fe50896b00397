using System.Linq;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.ProtocolState;
using NUnit.Framework;
using static FlowSim.Tests.Contracts.SomeContracts;

namespace FlowSim.Tests.Contracts;

/// <summary>Governance makes up an epoch (FlowEpoch.cdc, recoverEpoch).</summary>
public sealed class RecoveryContractTests
{
    private static readonly ServiceEvent.EpochCommit Keys = EpochPlanner.RootCommit(Root.Clock.Current);

    private static ServiceEvent.EpochRecover Recovery(params NodeId[] without) =>
        Planner.Recovery(1, new View(300), Keys, 400, without);

    [Test]
    public void A_recovery_ends_votes_and_key_generation_and_begins_its_epoch()
    {
        SystemContracts recovered = InSetup.After(250, new ContractCall.RecoverEpoch(Recovery()));
        Assert.Multiple(() =>
        {
            Assert.That(InSetup.EventsAt(250, new ContractCall.RecoverEpoch(Recovery())).Single().Key,
                Is.EqualTo(Recovery().Key));
            Assert.That(recovered.EventsAt(251, Preparation), Is.Empty, "nobody votes for the aborted epoch");
            Assert.That(recovered.After(251, Preparation).Dkg!.Results, Is.Empty);
            Assert.That(recovered.EventsAt(318), Is.Empty);
            var next = (ServiceEvent.EpochSetup)recovered.EventsAt(319).Single();
            Assert.That((next.Counter, next.Views.FirstView.Value), Is.EqualTo((2, 400)));
            Assert.That(next.TargetEndTimeSeconds, Is.EqualTo(560), "the schedule goes on from the recovered epoch");
        });
    }

    [Test]
    public void A_recovery_is_valid_in_fallback_mode_and_uses_the_keys_again()
    {
        ServiceEvent.EpochRecover recovery = Recovery();
        Assert.Multiple(() =>
        {
            Assert.That(EpochValidity.Of(recovery.Setup), Is.EqualTo(EpochEventFault.None));
            Assert.That(EpochValidity.Of(recovery.Commit, recovery.Setup), Is.EqualTo(EpochEventFault.None));
            Assert.That(recovery.Setup.Views.FinalView, Is.EqualTo(new View(399)));
            Assert.That(recovery.Setup.TargetEndTimeSeconds, Is.EqualTo(480));
            Assert.That(recovery.Commit.GroupKey, Is.EqualTo(Keys.GroupKey));
            Assert.That(recovery.Commit.ShareHolders, Is.EqualTo(Keys.ShareHolders));
            Assert.That(recovery.Commit.Counter, Is.EqualTo(1));
            Assert.That(Recovery(new NodeId(2)).Setup.Participants.Select(p => p.Id), Does.Not.Contain(new NodeId(2)));
        });
    }

    [Test]
    public void A_recovery_beyond_the_plan_has_the_last_planned_members() =>
        Assert.That(Planner.Recovery(90, new View(300), Keys, 400, []).Setup.Participants,
            Is.EqualTo(Planner.Table[4].Members));

    [Test]
    public void A_recovery_that_nobody_prepared_is_none()
    {
        SystemContracts before = InSetup;
        Assert.That(before.EventsAt(250, new ContractCall.Recover(0, 0)), Is.Empty);
        Assert.That(before.After(250, new ContractCall.Recover(0, 0)), Is.EqualTo(before));
    }
}
