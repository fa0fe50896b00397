using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Liars;
using FlowSim.Roles;

namespace FlowSim;

/// <summary>Makes the core that a node runs, from its disk.</summary>
internal sealed class Boot(RunSpec spec, Seams seams, Committee committee)
{
    private readonly NodeId[] identities = NodeSpec.Identities(spec.Nodes);
    private readonly Masquerade masquerade =
        new(spec.Nodes, NodeSpec.Identities(spec.Nodes), spec.Liars, spec.Pacemaker.MinTimeout);
    private readonly Block root = Block.Root(spec.Epochs[0].FirstView);

    /// <summary>A participant if the node's identity is in the committee, else a follower.</summary>
    /// <param name="node">Index into the population.</param>
    /// <param name="disk">What it left; null before its first start.</param>
    public ICore Core(int node, Disk? disk)
    {
        disk ??= Disk.Bootstrapped(root);
        NodeId identity = identities[node];
        return committee.IndexOf(identity) < 0
            ? new Follower(disk, committee)
            : masquerade.Disguised(node, seams.Participant(new ReplicaStart(identity, disk, committee,
                spec.Pacemaker, spec.CruiseControl, spec.Epochs, SafetyConstants.FlowGo)));
    }
}
