using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>What a node has after its process died: every write is synchronous, so this is all it ever wrote.</summary>
/// <remarks>
/// flow-go persists blocks, protocol state, safety and liveness data. Lost are cached votes and timeout objects,
/// proposals without a parent, messages not yet sent, and the state of cruise control
/// (consensus/participant.go, consensus/recovery).
/// </remarks>
/// <param name="Finalized">The last finalized block.</param>
/// <param name="Proposals">Valid blocks above it, parents before children.</param>
/// <param name="Safety">A consensus participant's safety data.</param>
/// <param name="Liveness">A consensus participant's view and certificates.</param>
/// <param name="Engine">What the engine of its role has written.</param>
public sealed record Disk(
    Block Finalized, IReadOnlyList<Message.Proposal> Proposals, SafetyData Safety, LivenessData Liveness,
    object? Engine = null)
{
    /// <summary>The disk of a node that has just been bootstrapped from a trusted root.</summary>
    public static Disk Bootstrapped(Block root) => new(root, [], new SafetyData(root.View, root.View, null),
        new LivenessData(root.View.Next, QuorumCertificate.Trusted(root.View, root.Id), null));

    /// <summary>Puts block tree and vote collectors back as they were; nobody is told again.</summary>
    internal void Load(Forks forks, VoteAggregator votes, UnfinalizedProposals unfinalized)
    {
        var forgotten = new Effects();
        foreach (Message.Proposal proposal in Proposals)
        {
            forks.AddValidated(proposal.Block, []);
            votes.AddBlock(proposal.Block, forgotten);
            unfinalized.Add(proposal);
        }
    }

    /// <summary>The newest view that the certificates on the disk justify; failed rounds are not remembered.</summary>
    public LivenessData Recovered(PacemakerConfig config)
    {
        var recovery = new Pacemaker(config, Liveness);
        foreach (Message.Proposal proposal in Proposals)
        {
            recovery.ProcessQc(proposal.Block.Qc);
            recovery.ProcessTc(proposal.LastViewTc);
        }

        return recovery.Liveness;
    }
}
