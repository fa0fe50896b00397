using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Tests.Liars;

/// <summary>A small world with liars, and all notices of its run.</summary>
internal sealed class Watched
{
    private readonly List<TraceEvent> heard = [];

    private Watched(RunSpec spec, Seams? seams) => Simulation.Run(spec, [new Listener(heard.Add)], seams);

    public static Watched Run(RunSpec spec, Seams? seams = null) => new(spec, seams);

    /// <summary>Equal nodes in one region, for some seconds.</summary>
    public static RunSpec World(int consensus, long seconds, params IReadOnlyList<Liar> liars) =>
        Some.World(consensus, views: 200) with
        {
            Liars = liars,
            Stop = new StopCondition(new View(190), SimTime.FromSeconds(seconds)),
        };

    public static NodeSet Nodes(RunSpec spec, params IEnumerable<int> members) => new(spec.Nodes.Count, members);

    public static NodeSet Nodes(int population, params IEnumerable<int> members) => new(population, members);

    public IEnumerable<(SimTime At, int Node, T Notice)> Of<T>() where T : Notice =>
        heard.Where(e => e.Notice is T).Select(e => (e.At, e.Node.Index, (T)e.Notice));

    public int Count<T>(int node) where T : Notice => Of<T>().Count(e => e.Node == node);

    /// <summary>The ids of a node's final blocks in order.</summary>
    public BlockId[] Chain(int node) =>
        [.. Of<Notice.Finalized>().Where(e => e.Node == node).Select(e => e.Notice.Block.Id)];
}
