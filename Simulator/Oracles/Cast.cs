using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>Who is who in a run: names, identities, the committee, and who is held to the rules.</summary>
/// <remarks>
/// Liars are exempt, and so are twins with their originals: each of a pair is honest, their common identity is not.
/// </remarks>
public sealed class Cast
{
    private readonly NodeId[] identities;
    private readonly bool[] isHonest;
    private readonly bool[] isPunctual;

    public Cast(RunSpec spec)
    {
        Spec = spec;
        identities = NodeSpec.Identities(spec.Nodes);
        Committee = new Committee(spec.Nodes, spec.Epochs, new Luck(spec.Seed));
        Root = Block.Root(spec.Epochs[0].FirstView);
        isHonest = Honest(spec, identities);
        isPunctual = Punctual(spec);
        IsSafetyOwed = 2 * Committee.WeightToCertify > Committee.TotalWeight + FaultyWeight();
    }

    public RunSpec Spec { get; }

    public Committee Committee { get; }

    /// <summary>The block that all nodes trust from the start.</summary>
    public Block Root { get; }

    public int Nodes => identities.Length;

    /// <summary>Whether any two quorums share an honest member, so that a view has one QC at most.</summary>
    public bool IsSafetyOwed { get; }

    public string NameOf(NodeId node) =>
        (uint)node.Index < (uint)identities.Length ? Spec.Nodes[node.Index].Name : "nobody";

    /// <summary>Under which identity a node signs.</summary>
    public NodeId IdentityOf(NodeId node) => identities[node.Index];

    public bool IsHonest(NodeId node) => isHonest[node.Index];

    /// <summary>Whether a node always acts when it means to, by true time: never paused, its clock never off.</summary>
    public bool IsPunctual(NodeId node) => isPunctual[node.Index];

    public bool IsMember(NodeId node) => Committee.IndexOf(identities[node.Index]) >= 0;

    private ulong FaultyWeight()
    {
        ulong weight = 0;
        for (int member = 0; member < Committee.Size; member++)
        {
            if (!isHonest[Committee.Members[member].Index]) weight += Committee.WeightOf(member);
        }

        return weight;
    }

    private static bool[] Honest(RunSpec spec, NodeId[] identities)
    {
        bool[] honest = new bool[identities.Length];
        System.Array.Fill(honest, true);
        foreach (Liar liar in spec.Liars)
        {
            foreach (int node in liar.Nodes.Members) honest[node] = false;
        }

        for (int node = 0; node < identities.Length; node++)
        {
            if (identities[node].Index == node) continue;
            honest[node] = false;
            honest[identities[node].Index] = false;
        }

        return honest;
    }

    private static bool[] Punctual(RunSpec spec)
    {
        bool[] punctual = new bool[spec.Nodes.Count];
        System.Array.Fill(punctual, true);
        foreach (NodeFault fault in spec.NodeFaults)
        {
            if (fault is not (NodeFault.Pause or NodeFault.Skew)) continue;
            foreach (int node in fault.Nodes.Members) punctual[node] = false;
        }

        return punctual;
    }
}
