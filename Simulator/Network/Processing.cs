using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>When a node is done with a step: checking a message, building a proposal, persisting.</summary>
/// <remarks>
/// Worker counts are flow-go's: one compliance engine, eight vote workers, four timeout workers
/// (engine/consensus/compliance, voteaggregator/vote_aggregator.go, timeoutaggregator/timeout_aggregator.go).
/// </remarks>
public sealed class Processing
{
    private readonly ProcessingSpec spec;
    private readonly ulong[] keys;
    private readonly Workers[] compliance;
    private readonly Workers[] votes;
    private readonly Workers[] timeouts;
    private readonly Luck.Purpose check;
    private readonly Luck.Purpose build;
    private readonly Luck.Purpose persist;

    public Processing(ProcessingSpec spec, ulong[] keys, Luck luck)
    {
        this.spec = spec;
        this.keys = keys;
        compliance = PoolPerNode(keys.Length, 1);
        votes = PoolPerNode(keys.Length, 8);
        timeouts = PoolPerNode(keys.Length, 4);
        check = luck.For("check a message");
        build = luck.For("build a proposal");
        persist = luck.For("persist safety data");
    }

    /// <summary>When a message that arrives now has been checked and reaches the protocol.</summary>
    public SimTime Checked(SimTime now, int node, int from, Message message) => message switch
    {
        Message.Proposal => Done(now, compliance[node], spec.ValidateProposal, node, from, message),
        Message.Vote => Done(now, votes[node], spec.VerifyVote, node, from, message),
        Message.Timeout => Done(now, timeouts[node], spec.VerifyTimeout, node, from, message),
        _ => throw new UnreachableException(),
    };

    /// <summary>When a proposal begun now is built, signed and persisted.</summary>
    public SimTime Built(SimTime now, int node, Message.Proposal proposal) =>
        Persisted(now + new SimDuration(spec.BuildProposal.Value(build.Draw(keys[node], proposal.Occasion))),
            node, proposal);

    /// <summary>When safety data written now for a message is on disk, so that the message may leave.</summary>
    public SimTime Persisted(SimTime now, int node, Message message) => spec.Persist.IsZero
        ? now
        : now + new SimDuration(spec.Persist.Value(persist.Draw(keys[node], message.Occasion)));

    private SimTime Done(SimTime now, Workers pool, Quantiles cost, int node, int from, Message message) =>
        cost.IsZero
            ? now
            : pool.Finish(now, new SimDuration(cost.Value(check.Draw(keys[node], keys[from], message.Occasion))));

    private static Workers[] PoolPerNode(int nodes, int workers)
    {
        var pools = new Workers[nodes];
        for (int i = 0; i < nodes; i++) pools[i] = new Workers(workers);
        return pools;
    }
}
