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

    private readonly ProcessingSpec spec;
    private readonly ulong[] keys;
    private readonly Workers compliance;
    private readonly Workers votes;
    private readonly Workers timeouts;
    private readonly Luck.Purpose[] check;
    private readonly Luck.Purpose[] build;
    private readonly Luck.Purpose[] persist;

    private readonly NodeFault.Slow[] slow;

    public Processing(ProcessingSpec spec, IReadOnlyList<NodeFault> faults, ulong[] keys, Luck luck)
    {
        this.spec = spec;
        slow = [.. faults.OfType<NodeFault.Slow>()];
        this.keys = keys;
        compliance = new Workers(keys.Length, 1);
        votes = new Workers(keys.Length, 8);
        timeouts = new Workers(keys.Length, 4);
        check = PerNode(luck.For("check a message"));
        build = PerNode(luck.For("build a proposal"));
        persist = PerNode(luck.For("persist safety data"));
    }

    /// <summary>When a message that arrives now has been checked and reaches the protocol.</summary>
    public SimTime Checked(SimTime now, int node, int from, Message message) => message switch
    {
        Message.Proposal => Checked(now, compliance, spec.ValidateProposal, node, from, message),
        Message.Vote => Checked(now, votes, spec.VerifyVote, node, from, message),
        Message.Timeout => Checked(now, timeouts, spec.VerifyTimeout, node, from, message),
        _ => throw new UnreachableException(),
    };

    /// <summary>When a proposal begun now is built, signed and persisted.</summary>
    public SimTime Built(SimTime now, int node, Message.Proposal proposal) =>
        Persisted(now + Cost(now, node, spec.BuildProposal, build[node], proposal), node, proposal);

    /// <summary>When safety data written now for a message is on disk, so that the message may leave.</summary>
    public SimTime Persisted(SimTime now, int node, Message message) =>
        now + Cost(now, node, spec.Persist, persist[node], message);

    /// <summary>A new process has an idle pool.</summary>
    public void Forget(int node)
    {
        compliance.Forget(node);
        votes.Forget(node);
        timeouts.Forget(node);
    }

    private SimTime Checked(SimTime now, Workers pool, Quantiles cost, int node, int from, Message message)
    {
        SimDuration needed = Cost(now, node, cost, check[node].About(keys[from]), message);
        return needed == SimDuration.Zero ? now : pool.Finish(node, now, needed);
    }

    private SimDuration Cost(SimTime now, int node, Quantiles cost, Luck.Purpose purpose, Message message)
    {
        long nanoseconds = cost.IsConstant ? cost.Least : cost.Value(purpose.Draw(message.Occasion));
        foreach (NodeFault.Slow fault in slow)
        {
            if (fault.During.Contains(now) && fault.Nodes.Contains(node))
                nanoseconds = (long)((System.Int128)nanoseconds * fault.FactorPerMillion / Million);
        }

        return new SimDuration(nanoseconds);
    }

    private Luck.Purpose[] PerNode(Luck.Purpose purpose) => System.Array.ConvertAll(keys, purpose.About);
}
