using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;

namespace FlowSim.Tests.Pipeline;

/// <summary>A protocol state that says who may act in which role, and nothing else.</summary>
internal sealed record Membership(ulong Epoch, params (Role Role, int[] Nodes)[] Members) : CommittedState
{
    public override ulong Id => Epoch + 1;

    public override ulong EpochCounter => Epoch;

    public override IReadOnlyList<NodeId> Active(Role role) =>
        [.. Members.Where(m => m.Role == role).SelectMany(m => m.Nodes).Select(i => new NodeId(i))];

    public override bool IsEjected(NodeId node) => false;
}
