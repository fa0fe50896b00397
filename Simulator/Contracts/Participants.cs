using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Contracts;

/// <summary>Picks from the members of an epoch.</summary>
internal static class Participants
{
    /// <summary>The members of a role that have weight, in their order.</summary>
    public static NodeId[] WithWeight(IReadOnlyList<Participant> members, Role role)
    {
        List<NodeId> found = [];
        foreach (Participant member in members)
            if (member.Role == role && member.InitialWeight > 0) found.Add(member.Id);
        return [.. found];
    }

    /// <summary>Whether a node is in a list.</summary>
    public static bool Contains(IReadOnlyList<NodeId> nodes, NodeId node)
    {
        for (int i = 0; i < nodes.Count; i++)
            if (nodes[i] == node) return true;
        return false;
    }
}
