using BenchmarkDotNet.Attributes;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Benchmarks;

/// <summary>All votes, and all timeout objects, of one view.</summary>
public class TallyBenchmarks
{
    private readonly Effects effects = new();
    private Committee committee = null!;
    private Message.Vote[] votes = null!;
    private Message.Timeout[] timeouts = null!;
    private TimeoutCollector collector = null!;

    [Params(100, 512)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Build()
    {
        committee = Some.Committee(Nodes);
        collector = new TimeoutCollector(committee);
        votes = new Message.Vote[Nodes];
        timeouts = new Message.Timeout[Nodes];
        for (int i = 0; i < Nodes; i++)
        {
            votes[i] = new Message.Vote(Some.Block.View, Some.Block.Id, new NodeId(i), true);
            timeouts[i] = new Message.Timeout(Some.Block.View, Some.Qc, null, new NodeId(i), 0);
        }
    }

    [Benchmark]
    public QuorumCertificate? Votes()
    {
        var ballot = new VoteCollector(committee, Some.Block.View);
        QuorumCertificate? qc = ballot.AddBlock(0, Some.Block, effects);
        for (int i = 1; i < Nodes; i++) qc = ballot.AddVote(i, votes[i], effects) ?? qc;
        return qc;
    }

    [Benchmark]
    public TimeoutCertificate? Timeouts()
    {
        collector.Begin(Some.Block.View, committee);
        TimeoutCertificate? certificate = null;
        for (int i = 0; i < Nodes; i++)
        {
            collector.Add(timeouts[i], out _, out TimeoutCertificate? tc);
            certificate = tc ?? certificate;
        }

        return certificate;
    }
}
