using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Pipeline;

/// <summary>Who is who: the nodes of each role, in the order of the population, and the keys of their names.</summary>
/// <remarks>
/// Of worlds with a protocol state this is everybody who is member at any time: who may act is as of a block. Twins
/// stand for their original.
/// </remarks>
public sealed class Roster
{
    private const int Roles = 6;

    private readonly NodeId[][] byRole = new NodeId[Roles][];
    private readonly ulong[] keys;
    private readonly Role[] roles;

    public Roster(IReadOnlyList<NodeSpec> nodes, ulong[] keys)
    {
        this.keys = keys;
        roles = new Role[nodes.Count];
        for (int role = 0; role < Roles; role++)
        {
            var members = new List<NodeId>();
            for (int i = 0; i < nodes.Count; i++)
            {
                roles[i] = nodes[i].Role;
                if ((int)nodes[i].Role == role && nodes[i] is { Weight: > 0, TwinOf: null }) members.Add(new NodeId(i));
            }

            byRole[role] = [.. members];
        }
    }

    /// <summary>The nodes of a role with weight.</summary>
    public IReadOnlyList<NodeId> Of(Role role) => byRole[(int)role];

    /// <summary>The nodes of a role that may act as of a protocol state; all of the role in worlds without one.
    /// </summary>
    public IReadOnlyList<NodeId> Of(Role role, CommittedState? state) => state?.Active(role) ?? Of(role);

    /// <summary>Whether a node of a role may act as of a protocol state; always in worlds without one.</summary>
    public static bool May(NodeId node, Role role, CommittedState? state)
    {
        if (state is null) return true;
        IReadOnlyList<NodeId> active = state.Active(role);
        for (int i = 0; i < active.Count; i++)
            if (active[i] == node) return true;
        return false;
    }

    /// <summary>A node's role.</summary>
    public Role RoleOf(NodeId node) => roles[node.Index];

    /// <summary>The key of a node's name, which names it in draws.</summary>
    public ulong KeyOf(NodeId node) => keys[node.Index];
}
