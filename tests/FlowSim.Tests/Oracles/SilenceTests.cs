using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Tests.Golden;
using FlowSim.Tests.Worlds;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>No oracle speaks in a correct run, whatever the weather.</summary>
public sealed class SilenceTests
{
    private static IEnumerable<string> GoldenWorlds => GoldenDigestTests.Names;

    [TestCaseSource(nameof(GoldenWorlds))]
    public void The_golden_worlds_pass(string world) => Watched.Silently(GoldenDigestTests.Spec(world));

    [Test]
    public void Mainnet_passes() => Watched.Silently(Some.Mainnet(views: 200, followers: 10));

    [Test]
    public void Watching_does_not_change_the_digest()
    {
        RunSpec spec = Some.World(views: 60);
        Assert.That(Watched.Silently(spec).Digest, Is.EqualTo(Simulation.Run(spec, []).Digest));
    }

    [Test]
    public void Crashes_and_restarts_pass() => Watched.Silently(Some.World(7, views: 200) with
    {
        NodeFaults =
        [
            new NodeFault.Crash(During(10, 40), Of(7, 0)), new NodeFault.Crash(During(20, 21), Of(7, 1)),
            new NodeFault.Crash(During(60, 80), Of(7, 2, 3, 4)), new NodeFault.Crash(From(100), Of(7, 5)),
        ],
    });

    [Test]
    public void Everybody_restarting_at_once_passes() => Watched.Silently(Some.World(7, views: 200) with
    {
        NodeFaults = [new NodeFault.Crash(During(30, 40), Of(7, 0, 1, 2, 3, 4, 5, 6))],
    });

    [Test]
    public void A_third_down_for_ever_passes() => Watched.Silently(Some.World(7, views: 300) with
    {
        NodeFaults = [new NodeFault.Crash(From(0), Of(7, 3, 5))],
    });

    [Test]
    public void A_partition_and_calm_after_it_pass() => Watched.Silently(Some.World(7, views: 200) with
    {
        LinkFaults =
        [
            new LinkFault.Cut(During(20, 60), Of(7, 0, 1, 2), Of(7, 3, 4, 5, 6)),
            new LinkFault.Cut(During(20, 60), Of(7, 3, 4, 5, 6), Of(7, 0, 1, 2)),
        ],
    });

    [Test]
    public void A_node_cut_off_and_back_passes() => Watched.Silently(Some.World(7, views: 200) with
    {
        LinkFaults = [new LinkFault.Cut(During(20, 60), Of(7, 0, 1, 2, 3, 4, 5, 6), Of(7, 6))],
    });

    [Test]
    public void Loss_slowness_and_duplicates_pass()
    {
        NodeSet all = Of(10, [.. Enumerable.Range(0, 10)]);
        Watched.Silently(Some.World(10, views: 200) with
        {
            LinkFaults =
            [
                new LinkFault.Loss(During(5, 100), all, all, 200_000),
                new LinkFault.Duplicate(During(0, 120), all, all, 300_000, SimDuration.FromMilliseconds(70)),
                new LinkFault.Slow(During(40, 60), all, Of(10, 1, 2, 3), 8_000_000, SimDuration.FromMilliseconds(900)),
            ],
        });
    }

    [Test]
    public void Pauses_skewed_clocks_and_slow_nodes_pass() => Watched.Silently(Some.Mainnet(views: 150) with
    {
        NodeFaults =
        [
            new NodeFault.Pause(During(20, 35), Of(94, [.. Enumerable.Range(0, 40)])),
            new NodeFault.Skew(During(10, 90), Of(94, 50, 51), SimDuration.FromSeconds(3)),
            new NodeFault.Skew(From(0), Of(94, 52), SimDuration.FromSeconds(-30)),
            new NodeFault.Slow(During(50, 70), Of(94, 60, 61, 62), 20_000_000),
        ],
    });

    [Test]
    public void Twins_below_a_third_pass()
    {
        RunSpec spec = Some.World(7, views: 200);
        Watched.Silently(spec with
        {
            Nodes = [.. spec.Nodes, spec.Nodes[0] with { Name = "twin", TwinOf = spec.Nodes[0].Name }],
        });
    }

    [Test]
    public void Any_small_world_passes() =>
        SmallWorld.Any.Sample(world => { Watched.Silently(world.Spec); }, iter: 100);

    internal static Window During(long from, long until) => new(SimTime.FromSeconds(from), SimTime.FromSeconds(until));

    internal static Window From(long from) => new(SimTime.FromSeconds(from), SimTime.Never);

    internal static NodeSet Of(int population, params int[] members) => new(population, members);
}
