using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Clusters;

/// <summary>Passes submitted transactions on to members of the cluster that takes them.</summary>
/// <remarks>engine/collection/ingest: to one more than the redundancy, at random; to all when there are no more.
/// </remarks>
/// <param name="self">The node.</param>
/// <param name="redundancy">Members beyond the first.</param>
/// <param name="draws">The node's own draws.</param>
public sealed class Propagation(NodeId self, int redundancy, Luck.Purpose draws)
{
    private readonly List<NodeId> chosen = [];

    /// <summary>Passes a transaction on.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cluster">Who takes it.</param>
    /// <param name="members">The members of that cluster.</param>
    /// <param name="into">Gets the messages.</param>
    public void Offer(Transaction transaction, ClusterId cluster, IReadOnlyList<NodeId> members, Effects into)
    {
        var offer = new Message.Pipeline.Offer(transaction);
        int others = members.Count - (Contains(members) ? 1 : 0);
        int wanted = redundancy + 1;
        if (others <= wanted)
        {
            into.Multicast(Audience.Of(cluster), offer);
            return;
        }

        chosen.Clear();
        Luck.Purpose choice = draws.About(transaction.Id.Value);
        for (ulong attempt = 0; chosen.Count < wanted; attempt++)
        {
            NodeId member = members[(int)Luck.Below(choice.Draw(attempt), members.Count)];
            if (member != self && !chosen.Contains(member)) chosen.Add(member);
        }

        foreach (NodeId member in chosen) into.Send(member, offer);
    }

    private bool Contains(IReadOnlyList<NodeId> members)
    {
        foreach (NodeId member in members)
        {
            if (member == self) return true;
        }

        return false;
    }
}
