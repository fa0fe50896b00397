using System.Linq;
using CsCheck;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Tests.Worlds;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>No oracle speaks in drawn weather over drawn worlds.</summary>
public sealed class WeatherTests
{
    private static readonly Gen<Window> Windows =
        from start in Gen.Int[0, 20]
        from length in Gen.Int[1, 20]
        from isEndless in Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))
        select new Window(SimTime.FromSeconds(start), isEndless ? SimTime.Never : SimTime.FromSeconds(start + length));

    [Test]
    public void Any_small_world_passes_in_any_weather() =>
        (from world in SmallWorld.Any
         let spec = world.Spec
         from links in LinkFaults(spec.Nodes.Count).Array[0, 3]
         from nodes in NodeFaults(spec.Nodes.Count).Array[0, 3]
         select spec with { LinkFaults = links, NodeFaults = nodes })
        .Sample(spec => { Watched.Silently(spec); }, iter: 100,
            print: spec =>
                $"seed {spec.Seed}: {string.Join(", ", spec.LinkFaults)} {string.Join(", ", spec.NodeFaults)}");

    private static Gen<NodeSet> Nodes(int population) =>
        from members in Gen.Bool.Array[population]
        select new NodeSet(population, Enumerable.Range(0, population).Where(i => members[i]));

    private static Gen<LinkFault> LinkFaults(int population) =>
        from during in Windows
        from senders in Nodes(population)
        from receivers in Nodes(population)
        from kind in Gen.Int[0, 3]
        from chance in Gen.Long[0, 500_000]
        select (LinkFault)(kind switch
        {
            0 => new LinkFault.Cut(during, senders, receivers),
            1 => new LinkFault.Loss(during, senders, receivers, chance),
            2 => new LinkFault.Slow(during, senders, receivers, 1_000_000 + 10 * chance, new SimDuration(chance)),
            _ => new LinkFault.Duplicate(during, senders, receivers, chance, new SimDuration(chance * 1_000)),
        });

    private static Gen<NodeFault> NodeFaults(int population) =>
        from during in Windows
        from nodes in Nodes(population)
        from kind in Gen.Int[0, 3]
        from amount in Gen.Long[0, 20]
        select (NodeFault)(kind switch
        {
            0 => new NodeFault.Crash(during, nodes),
            1 => new NodeFault.Pause(during with { Until = SimTime.FromSeconds(60) }, nodes),
            2 => new NodeFault.Slow(during, nodes, 1_000_000 * (1 + amount)),
            _ => new NodeFault.Skew(during, nodes, SimDuration.FromSeconds(amount - 10)),
        });
}
