using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>Who hears a broadcast, and who of them is served first.</summary>
/// <remarks>
/// Copies leave the uplink one after the other, so the order matters when bandwidth does. It starts at a drawn place
/// and goes round: no node is always last.
/// </remarks>
internal sealed class Audiences
{
    private readonly ulong[] keys;
    private readonly Luck.Purpose order;

    public Audiences(IReadOnlyList<NodeSpec> nodes, ulong[] keys, Luck luck)
    {
        this.keys = keys;
        order = luck.For("broadcast order");
        var consensus = new List<int>();
        Everyone = new int[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            Everyone[i] = i;
            if (nodes[i].Role == Role.Consensus) consensus.Add(i);
        }

        Consensus = [.. consensus];
    }

    public int[] Everyone { get; }

    public int[] Consensus { get; }

    /// <summary>The place in the audience at which a broadcast starts.</summary>
    public int FirstServed(int from, int[] audience, Message message) =>
        (int)Luck.Below(order.Draw(keys[from], message.Occasion), audience.Length);
}
