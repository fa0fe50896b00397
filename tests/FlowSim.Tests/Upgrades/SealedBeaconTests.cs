using FlowSim.Chain;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Which beacon a node finds.</summary>
public sealed class SealedBeaconTests
{
    private static readonly ServiceEvent.VersionBeacon Invalid = new([], 9);

    [Test]
    public void The_newest_at_or_below_a_height_is_found()
    {
        var beacons = new SealedBeacons();
        Add(beacons, 20, 2);
        Add(beacons, 10, 1);
        Assert.That(Found(beacons, 9), Is.Null);
        Assert.That((Found(beacons, 10), Found(beacons, 19), Found(beacons, 20)), Is.EqualTo((1, 1, 2)));

        Add(beacons, 20, 3);
        Assert.That(Found(beacons, 99), Is.EqualTo(3), "the last one at a height counts");
    }

    [Test]
    public void Of_a_block_the_last_valid_one_is_kept()
    {
        var beacons = new SealedBeacons();
        beacons.AddLastOf(new Height(10), [Beacon(1), Beacon(2), Invalid, new ServiceEvent.EjectNode(new NodeId(1))]);
        beacons.AddLastOf(new Height(11), [Invalid]);
        Assert.That(Found(beacons, 11), Is.EqualTo(2));
    }

    private static void Add(SealedBeacons beacons, ulong height, ulong sequence) =>
        beacons.Add(new SealedBeacon(Beacon(sequence), new Height(height)));

    private static ulong? Found(SealedBeacons beacons, ulong height) =>
        beacons.Highest(new Height(height))?.Beacon.Sequence;

    private static ServiceEvent.VersionBeacon Beacon(ulong sequence) =>
        new([new VersionBoundary(new Height(1), "1.0.0")], sequence);
}
