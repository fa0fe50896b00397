using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Tests.Golden;

/// <summary>Small worlds in which something goes wrong, for digests on record.</summary>
internal static class TroubledWorlds
{
    /// <summary>Two nodes and a follower are down long enough to need ranges of blocks when they start again.</summary>
    public static RunSpec CrashAndSync()
    {
        RunSpec spec = World(7);
        return spec with
        {
            NodeFaults = [new NodeFault.Crash(During(10, 60), Nodes(spec, 0, 7)),
                new NodeFault.Crash(During(20, 22), Nodes(spec, 1))],
        };
    }

    /// <summary>Neither side of a partition is a quorum; before and after it packets are lost.</summary>
    public static RunSpec PartitionAndLoss()
    {
        RunSpec spec = World(7);
        NodeSet all = Everybody(spec);
        (NodeSet left, NodeSet right) = (Nodes(spec, 0, 1, 2), Nodes(spec, 3, 4, 5, 6, 7));
        return spec with
        {
            LinkFaults =
            [
                new LinkFault.Loss(During(5, 80), all, all, 100_000),
                new LinkFault.Cut(During(20, 40), left, right), new LinkFault.Cut(During(20, 40), right, left),
            ],
        };
    }

    /// <summary>One liar of each kind and a pair of twins among sixteen.</summary>
    public static RunSpec LiarsAndTwins()
    {
        RunSpec honest = World(16);
        NodeSpec twin = honest.Nodes[4] with { Name = "twin", TwinOf = honest.Nodes[4].Name };
        RunSpec spec = honest with { Nodes = [.. honest.Nodes, twin] };
        return spec with
        {
            Liars =
            [
                new Liar.VoteWithholder(Nodes(spec, 0)),
                new Liar.SelectiveSender(Nodes(spec, 1), Nodes(spec, [.. Enumerable.Range(0, 11)])),
                new Liar.LateLeader(Nodes(spec, 2), SimDuration.FromMilliseconds(100)),
                new Liar.TimeoutSpammer(Nodes(spec, 3), SimDuration.FromMilliseconds(500)),
            ],
        };
    }

    /// <summary>Messages come twice or late; nodes stand still, work slowly, and know another time.</summary>
    public static RunSpec SlowAndSkewed()
    {
        RunSpec spec = World(10);
        NodeSet all = Everybody(spec);
        return spec with
        {
            Processing = Some.Mainnet().Processing,
            LinkFaults =
            [
                new LinkFault.Duplicate(During(0, 80), all, all, 300_000, SimDuration.FromMilliseconds(70)),
                new LinkFault.Slow(During(30, 50), all, Nodes(spec, 1, 2), 8_000_000,
                    SimDuration.FromMilliseconds(400)),
            ],
            NodeFaults =
            [
                new NodeFault.Pause(During(15, 25), Nodes(spec, 3, 4)),
                new NodeFault.Slow(During(40, 60), Nodes(spec, 5), 20_000_000),
                new NodeFault.Skew(During(10, 70), Nodes(spec, 6), SimDuration.FromSeconds(3)),
                new NodeFault.Skew(During(20, 80), Nodes(spec, 7), SimDuration.FromSeconds(-3)),
            ],
        };
    }

    /// <summary>Equal consensus nodes with some jitter, and a follower.</summary>
    private static RunSpec World(int consensus)
    {
        RunSpec spec = Some.World(consensus, views: 120);
        return spec with
        {
            Nodes = [.. spec.Nodes, new NodeSpec("access-001", Role.Access, 100, 0, "operator")],
            Network = spec.Network with { JitterPerMillion = Quantiles.Exponential(500_000) },
        };
    }

    private static NodeSet Everybody(RunSpec spec) => Nodes(spec, [.. Enumerable.Range(0, spec.Nodes.Count)]);

    private static NodeSet Nodes(RunSpec spec, params int[] members) => new(spec.Nodes.Count, members);

    private static Window During(long from, long until) => new(SimTime.FromSeconds(from), SimTime.FromSeconds(until));
}
