using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>When a node is done with a step: checking a message, building a proposal, persisting.</summary>
/// <remarks>
/// Worker counts are flow-go's: one compliance engine, eight vote workers, four timeout workers
/// (engine/consensus/compliance, voteaggregator/vote_aggregator.go, timeoutaggregator/timeout_aggregator.go).
/// </remarks>
public sealed class Processing
{
    private const long Million = 1_000_000;

    /// <summary>Proposals that wait at a consensus node (engine/consensus/compliance/engine.go).</summary>
    private const int ParticipantQueue = 10_000;

    /// <summary>Proposals that wait anywhere else (engine/common/follower/compliance_engine.go).</summary>
    private const int FollowerQueue = 10;

    /// <summary>Votes, and timeout objects, that wait (voteaggregator, timeoutaggregator).</summary>
    private const int AggregatorQueue = 1_000;

    private readonly ProcessingSpec spec;
    private readonly ulong[] keys;
    private readonly Workers compliance;
    private readonly Workers votes;
    private readonly Workers timeouts;
    private readonly Luck.Purpose[] check;
    private readonly Luck.Purpose[] build;
    private readonly Luck.Purpose[] persist;
    private readonly Luck.Purpose[] work;
    private readonly Workers clusterCompliance;

    private readonly int[] proposalQueue;
    private readonly NodeFault.Slow[] slow;

    public Processing(
        ProcessingSpec spec, IReadOnlyList<NodeFault> faults, IReadOnlyList<NodeSpec> nodes, ulong[] keys, Luck luck)
    {
        this.spec = spec;
        slow = [.. faults.OfType<NodeFault.Slow>()];
        this.keys = keys;
        proposalQueue = [.. nodes.Select(n => n.Role == Role.Consensus ? ParticipantQueue : FollowerQueue)];
        compliance = new Workers(keys.Length, 1);
        votes = new Workers(keys.Length, 8);
        timeouts = new Workers(keys.Length, 4);
        check = PerNode(luck.For("check a message"));
        build = PerNode(luck.For("build a proposal"));
        persist = PerNode(luck.For("persist safety data"));
        work = PerNode(luck.For("do a job"));
        clusterCompliance = new Workers(keys.Length, 1);
    }

    /// <summary>When a message that arrives now has been checked and reaches the protocol.</summary>
    /// <returns>The instant; never, if the queue for its kind is full: flow-go drops the newest.</returns>
    public SimTime Checked(SimTime now, int node, int from, Message message) => message switch
    {
        Message.Proposal =>
            Checked(now, compliance, spec.ValidateProposal, node, from, message, proposalQueue[node]),
        Message.Vote => Checked(now, votes, spec.VerifyVote, node, from, message, AggregatorQueue),
        Message.Timeout => Checked(now, timeouts, spec.VerifyTimeout, node, from, message, AggregatorQueue),
        Message.SyncRequest or Message.SyncResponse or Message.RangeRequest or Message.BatchRequest
            or Message.BlockResponse or Message.Pipeline => now,
        Message.OfCluster { Inner: Message.Proposal } => Checked(now, clusterCompliance, spec.ValidateCollection,
            node, from, message, ParticipantQueue),
        Message.OfCluster { Inner: var inner } => Checked(now, node, from, inner),
        _ => throw new UnreachableException(),
    };

    /// <summary>When a proposal out of a response that came now has been checked.</summary>
    /// <remarks>
    /// flow-go queues a response as one entry and looks at broadcast proposals between two of them; here they share one
    /// order of arrival.
    /// </remarks>
    public SimTime CheckedWithOthers(SimTime now, int node, int from, Message proposal)
    {
        bool isOfCluster = proposal is Message.OfCluster;
        SimDuration needed = CheckCost(
            now, node, from, isOfCluster ? spec.ValidateCollection : spec.ValidateProposal, proposal);
        return needed == SimDuration.Zero ? now
            : (isOfCluster ? clusterCompliance : compliance).Finish(node, now, needed);
    }

    /// <summary>When a proposal begun now is built, signed and persisted.</summary>
    public SimTime Built(SimTime now, int node, Message.Proposal proposal) =>
        Persisted(now + Cost(now, node, spec.BuildProposal, build[node], proposal.Occasion), node, proposal);

    /// <summary>When safety data written now for a message is on disk, so that the message may leave.</summary>
    /// <remarks>Only what a node signs in consensus changes its safety data.</remarks>
    public SimTime Persisted(SimTime now, int node, Message message) =>
        ((message as Message.OfCluster)?.Inner ?? message) is Message.Proposal or Message.Vote or Message.Timeout
            ? now + Cost(now, node, spec.Persist, persist[node], message.Occasion)
            : now;

    /// <summary>When a job begun now is done.</summary>
    public SimTime Done(SimTime now, int node, Job job) => job switch
    {
        Job.Execute execute => now + Cost(now, node, spec.ExecuteBlock, work[node], job.Occasion)
            + Slowed(now, node, execute.Transactions * Drawn(spec.ExecuteTransaction, work[node], ~job.Occasion)),
        Job.LoadState => now + Cost(now, node, spec.LoadState, work[node], Mix64.Then(job.Occasion,
            (ulong)now.Nanoseconds)),
        Job.ReachLedger => now + Cost(now, node, spec.ReachLedger, work[node], Mix64.Then(job.Occasion,
            (ulong)now.Nanoseconds)),
        Job.Verify => now + Cost(now, node, spec.VerifyChunk, work[node], job.Occasion),
        Job.PublishInCluster publish => Persisted(
            now + Cost(now, node, spec.BuildCollection, work[node], job.Occasion), node, publish.Proposal.Inner),
        Job.Serve => now + Cost(now, node, spec.ServeCall, work[node], job.Occasion),
        _ => throw new UnreachableException(),
    };

    /// <summary>A new process has an idle pool.</summary>
    public void Forget(int node)
    {
        compliance.Forget(node);
        votes.Forget(node);
        timeouts.Forget(node);
        clusterCompliance.Forget(node);
    }

    private SimTime Checked(SimTime now, Workers pool, Quantiles cost, int node, int from, Message message,
        int capacity)
    {
        SimDuration needed = CheckCost(now, node, from, cost, message);
        return needed == SimDuration.Zero ? now : pool.Finish(node, now, needed, capacity);
    }

    private SimDuration CheckCost(SimTime now, int node, int from, Quantiles cost, Message message) =>
        Slowed(now, node, cost.IsConstant
            ? cost.Least
            : cost.Value(check[node].About(keys[from]).Draw(message.Occasion)));

    private SimDuration Cost(SimTime now, int node, Quantiles cost, Luck.Purpose purpose, ulong occasion) =>
        Slowed(now, node, Drawn(cost, purpose, occasion));

    private static long Drawn(Quantiles cost, Luck.Purpose purpose, ulong occasion) =>
        cost.IsConstant ? cost.Least : cost.Value(purpose.Draw(occasion));

    private SimDuration Slowed(SimTime now, int node, long nanoseconds)
    {
        foreach (NodeFault.Slow fault in slow)
        {
            if (fault.During.Contains(now) && fault.Nodes.Contains(node))
                nanoseconds = (long)((System.Int128)nanoseconds * fault.FactorPerMillion / Million);
        }

        return new SimDuration(nanoseconds);
    }

    private Luck.Purpose[] PerNode(Luck.Purpose purpose) => System.Array.ConvertAll(keys, purpose.About);
}
