using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim;

/// <summary>The nodes of a run that are no members of its first epoch, and what they know before they join.</summary>
internal sealed class Births
{
    private readonly RunSpec spec;
    private readonly ProtocolSpec protocol;
    private readonly ulong[] keys;
    private readonly Luck.Purpose draws;
    private readonly List<NodeId> servers = [];

    public Births(RunSpec spec, ProtocolSpec protocol, ulong[] keys, Luck luck)
    {
        (this.spec, this.protocol, this.keys) = (spec, protocol, keys);
        draws = luck.For("access node to ask for a snapshot");
        for (int i = 0; i < spec.Nodes.Count; i++)
            if (spec.Nodes[i].Role == Role.Access && !IsLater(i)) servers.Add(new NodeId(i));
    }

    /// <summary>Whether a node joins after the run has begun.</summary>
    public bool IsLater(int node) => spec.Nodes[node].FirstEpoch > 0;

    /// <summary>What a node knows before it has a snapshot: some access nodes by name, as an operator does.</summary>
    public JoinStart Of(int node, NodeId identity, Func<Snapshot, ICore> born) => new(identity,
        spec.Nodes[node].FirstEpoch, protocol.Joining,
        attempt => servers[(int)Luck.Below(draws.Draw(keys[node], attempt), servers.Count)], born);
}
