using BenchmarkDotNet.Attributes;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Benchmarks;

/// <summary>When the copies of one proposal arrive, and what weather does to them.</summary>
public class NetworkBenchmarks
{
    private readonly Message.Proposal proposal = new(Some.Block, null);
    private Links links = null!;
    private Weather weather = null!;
    private SimTime now;

    [Params(100, 512)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Build()
    {
        NodeSpec[] nodes = Some.Nodes(Nodes);
        ulong[] keys = NodeSpec.Keys(nodes);
        var all = new NodeSet(Nodes, System.Linq.Enumerable.Range(0, Nodes));
        var always = new Window(SimTime.Zero, SimTime.Never);
        links = new Links(Some.Network, nodes, keys, new Luck(1));
        weather = new Weather([new LinkFault.Loss(always, all, all, 10_000)], keys, new Luck(1));
    }

    [Benchmark]
    public SimTime Broadcast()
    {
        now += SimDuration.FromMilliseconds(800);
        Links.Sending sending = links.Begin(0, proposal);
        SimTime last = now;
        for (int to = 1; to < Nodes; to++) last = sending.Arrival(now, to, out _);
        return last;
    }

    [Benchmark]
    public SimTime LossyBroadcast()
    {
        now += SimDuration.FromMilliseconds(800);
        Links.Sending sending = links.Begin(0, proposal);
        SimTime last = now;
        for (int to = 1; to < Nodes; to++)
        {
            SimTime arrival = sending.Arrival(now, to, out SimTime departure);
            last = weather.Strike(new Delivery(departure, 0, to, proposal, arrival), out _);
        }

        return last;
    }
}
