using System.Linq;
using FlowSim.Chain;
using FlowSim.Contracts;
using NUnit.Framework;
using static FlowSim.Tests.Contracts.SomeContracts;

namespace FlowSim.Tests.Contracts;

/// <summary>The version beacon contract (NodeVersionBeacon.cdc), with its freeze period of 1,000 blocks.</summary>
public sealed class VersionTableTests
{
    private static readonly VersionBoundary Sentinel = new(default, "0.0.0");
    private static readonly VersionBoundary One = new(new Height(2_000), "1.0.0");
    private static readonly VersionBoundary Two = new(new Height(3_000), "2.0.0");

    /// <summary>Far from the end of any staking auction.</summary>
    private static SystemContracts Fresh => RootOf(Planned(Nodes, epochs: 1));

    private static SystemContracts WithOne => Fresh.After(10, Set(2_000, "1.0.0"));

    [Test]
    public void A_boundary_is_announced_by_the_block_that_sets_it()
    {
        Beacon(Fresh.At(10, Set(2_000, "1.0.0")), 0, Sentinel, One);
        Silent(WithOne.At(11));
    }

    [Test]
    public void And_again_at_its_height()
    {
        Silent(WithOne.At(1_999));
        Beacon(WithOne.At(2_000), 1, One);
        Silent(WithOne.After(2_000).At(2_001));
        Beacon(WithOne.After(2_000).After(2_001, Set(4_000, "3.0.0")).At(4_000), 3, new VersionBoundary(
            new Height(4_000), "3.0.0"));
    }

    [Test]
    public void A_beacon_has_the_current_boundary_and_all_to_come()
    {
        Beacon(WithOne.At(20, Set(3_000, "2.0.0")), 1, Sentinel, One, Two);
        Beacon(WithOne.After(20, Set(3_000, "2.0.0")).At(2_000), 2, One, Two);
        Beacon(Fresh.After(10, Set(3_000, "2.0.0")).At(20, Set(2_000, "1.0.0")), 1, Sentinel, One, Two);
    }

    [TestCase(1_010UL, false)]
    [TestCase(1_011UL, true)]
    [TestCase(10UL, false)]
    [TestCase(0UL, false)]
    public void A_boundary_lies_beyond_the_freeze_period(ulong height, bool isTaken) =>
        Assert.That(Fresh.EventsAt(10, Set(height, "1.0.0")).Any(), Is.EqualTo(isTaken));

    [Test]
    public void A_boundary_may_get_another_version_until_it_is_frozen()
    {
        Beacon(WithOne.At(999, Set(2_000, "1.0.1")), 1, Sentinel, new VersionBoundary(new Height(2_000), "1.0.1"));
        Silent(WithOne.At(1_000, Set(2_000, "1.0.1")));
    }

    [Test]
    public void A_boundary_may_be_taken_back_until_it_is_frozen()
    {
        var delete = new ContractCall.DeleteBoundary(new Height(2_000));
        Beacon(WithOne.At(999, delete), 1, Sentinel);
        Silent(WithOne.At(1_000, delete));
        Silent(Fresh.At(10, delete));
        Silent(WithOne.After(999, delete).At(2_000));
    }

    [TestCase(500UL, 999UL, 500UL)]
    [TestCase(500UL, 1_000UL, 1_000UL)]
    [TestCase(1_500UL, 499UL, 1_500UL)]
    [TestCase(1_500UL, 500UL, 1_000UL)]
    [TestCase(ulong.MaxValue, 500UL, 1_000UL)]
    public void The_freeze_period_changes_while_no_boundary_is_within_the_old_or_the_new_one(
        ulong blocks, ulong at, ulong after)
    {
        SystemContracts next = WithOne.After(at, new ContractCall.SetFreezePeriod(blocks));
        Assert.That(next.Versions.FreezePeriod, Is.EqualTo(after));
        Silent(WithOne.At(at, new ContractCall.SetFreezePeriod(blocks)));
    }

    [Test]
    public void Without_boundaries_to_come_the_freeze_period_changes_freely()
    {
        SystemContracts after = WithOne.After(2_000).After(2_001, new ContractCall.SetFreezePeriod(ulong.MaxValue));
        Assert.That(after.Versions.FreezePeriod, Is.EqualTo(ulong.MaxValue));
        Silent(after.At(2_002, Set(ulong.MaxValue, "9.0.0")));
    }

    [Test]
    public void Heights_that_no_block_of_the_chain_executed_are_passed_all_the_same() =>
        Beacon(WithOne.After(20, Set(3_000, "2.0.0")).At(3_500), 2, Two);

    private static void Beacon((SystemContracts, System.Collections.Generic.IReadOnlyList<ServiceEvent> Events) result,
        ulong sequence, params VersionBoundary[] boundaries)
    {
        var beacon = (ServiceEvent.VersionBeacon)result.Events.Single();
        Assert.That(beacon.Boundaries, Is.EqualTo(boundaries));
        Assert.That(beacon.Sequence, Is.EqualTo(sequence));
    }

    private static void Silent((SystemContracts, System.Collections.Generic.IReadOnlyList<ServiceEvent> Events) result)
        => Assert.That(result.Events, Is.Empty);
}
