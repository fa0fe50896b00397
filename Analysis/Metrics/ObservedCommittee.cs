using System.Collections.Generic;
using System.Linq;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>Whom and what part of a run is measured.</summary>
/// <remarks>
/// The consensus nodes with weight above zero, members in any epoch; second twins are not counted.
/// </remarks>
public sealed class ObservedCommittee
{
    private readonly bool[] members;
    private readonly IReadOnlyList<NodeSpec> nodes;

    /// <summary>The committee of a run whose first views are a warm-up.</summary>
    public ObservedCommittee(RunSpec spec, ulong warmupViews)
    {
        nodes = spec.Nodes;
        members = new bool[nodes.Count];
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = nodes[i].IsParticipant;
            if (members[i]) Size++;
        }

        Epochs = spec.Epochs;
        CruiseControl = spec.CruiseControl;
        LastFaultEnd = LastEnd(spec);
        FirstView = checked(spec.Epochs[0].FirstView.Value + 1);
        FirstCounted = checked(FirstView + warmupViews);
    }

    /// <summary>Nodes in the run, followers included: the length of arrays by node index.</summary>
    public int Population => members.Length;

    /// <summary>Members of the committee.</summary>
    public int Size { get; }

    public IReadOnlyList<EpochTiming> Epochs { get; }

    public CruiseControlConfig CruiseControl { get; }

    /// <summary>First view of the run: the one after the root block, which takes the first view of its epoch.</summary>
    public ulong FirstView { get; }

    /// <summary>First view after the warm-up.</summary>
    public ulong FirstCounted { get; }

    /// <summary>When the last fault that ends does so; null without one.</summary>
    public SimTime? LastFaultEnd { get; }

    /// <summary>Whether a node is measured.</summary>
    public bool Contains(int node) => members[node];

    /// <summary>Whether a node is measured and a member in an epoch, counted from 0.</summary>
    public bool Contains(int node, int epoch) => nodes[node].IsMemberIn(epoch);

    /// <summary>Members in an epoch, counted from 0.</summary>
    public int SizeIn(int epoch) => nodes.Count(node => node.IsMemberIn(epoch));

    private static SimTime? LastEnd(RunSpec spec)
    {
        SimTime? last = null;
        foreach (LinkFault fault in spec.LinkFaults) last = Later(last, fault.During);
        foreach (NodeFault fault in spec.NodeFaults) last = Later(last, fault.During);
        return last;
    }

    private static SimTime? Later(SimTime? last, Window window) =>
        window.Until == SimTime.Never || window.Until < last ? last : window.Until;
}
