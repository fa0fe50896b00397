using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Clusters;

/// <summary>What the members of a cluster say one after the other in the same words, each made once while they do.
/// </summary>
/// <remarks>A notice never changes, so nobody can tell whether it was made anew. No two members act at once.</remarks>
/// <param name="cluster">Whose members.</param>
internal sealed class ClusterWords(ClusterId cluster)
{
    private readonly Notice.OfCluster?[] recent = new Notice.OfCluster?[3];
    private int next;

    /// <summary>Holds what a member's replica means to do while it is translated; empty between two steps.</summary>
    public Effects Meant { get; } = new();

    /// <summary>A notice in the cluster's envelope.</summary>
    public Notice.OfCluster Of(Notice notice)
    {
        if (notice is not (Notice.Incorporated or Notice.Finalized or Notice.EnteredView))
            return new Notice.OfCluster(cluster, notice);
        foreach (Notice.OfCluster? said in recent)
        {
            if (said is not null && ReferenceEquals(said.Inner, notice)) return said;
        }

        if (++next == recent.Length) next = 0;
        return recent[next] = new Notice.OfCluster(cluster, notice);
    }
}
