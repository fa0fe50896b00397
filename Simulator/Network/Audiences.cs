using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>Who hears a broadcast, who of them is served first, and where an identity's messages go.</summary>
/// <remarks>
/// Copies leave the uplink one after the other, so the order matters when bandwidth does. It starts at a drawn place
/// and goes round: no node is always last. Twins share an identity: both get what is addressed to it.
/// </remarks>
internal sealed class Audiences
{
    private readonly ulong[] keys;
    private readonly NodeId[] identities;
    private readonly int[][] addresses;
    private readonly Luck.Purpose order;

    private readonly int[][] all;

    /// <param name="nodes">The population.</param>
    /// <param name="keys">The keys of the names.</param>
    /// <param name="luck">Draws the order of service.</param>
    /// <param name="clusters">The members of each cluster, epoch by epoch.</param>
    public Audiences(
        IReadOnlyList<NodeSpec> nodes, ulong[] keys, Luck luck, IReadOnlyList<IReadOnlyList<NodeId>> clusters)
    {
        this.keys = keys;
        order = luck.For("broadcast order");
        identities = NodeSpec.Identities(nodes);
        addresses = new int[nodes.Count][];
        Everyone = new int[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            Everyone[i] = i;
            addresses[i] = [];
        }

        for (int i = 0; i < nodes.Count; i++)
            addresses[identities[i].Index] = [.. addresses[identities[i].Index], i];
        Consensus = OfRole(nodes, Role.Consensus);
        all = new int[Audience.Fixed + clusters.Count][];
        all[Audience.Everyone.Index] = Everyone;
        for (int role = 1; role < Audience.Fixed; role++) all[role] = OfRole(nodes, (Role)role);
        for (int i = 0; i < clusters.Count; i++)
            all[Audience.Fixed + i] = [.. clusters[i].SelectMany(member => addresses[member.Index])];
    }

    public int[] Everyone { get; }

    public int[] Consensus { get; }

    /// <summary>The nodes that an audience stands for.</summary>
    public int[] Of(Audience audience) => all[audience.Index];

    /// <summary>Under which identity a node signs.</summary>
    public NodeId IdentityOf(int node) => identities[node];

    /// <summary>The nodes that go by an identity: one, or several twins.</summary>
    public int[] AddressesOf(NodeId identity) => addresses[identity.Index];

    private int[] OfRole(IReadOnlyList<NodeSpec> nodes, Role role) =>
        [.. Everyone.Where(i => nodes[i].Role == role)];

    /// <summary>The place in the audience at which a broadcast starts.</summary>
    public int FirstServed(int from, int[] audience, Message message) =>
        (int)Luck.Below(order.Draw(keys[from], message.Occasion), audience.Length);
}
