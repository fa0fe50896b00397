using System.Collections.Generic;
using FlowSim.Faults;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios;

/// <summary>One process cannot be down twice at a time.</summary>
public static class CrashOverlap
{
    /// <summary>Refuses crashes of one node that overlap or touch.</summary>
    /// <param name="texts">All faults as written.</param>
    /// <param name="faults">Those at nodes, in the same order.</param>
    /// <param name="nodes">The population.</param>
    /// <param name="isDrawn">Whether candidates stand for draws, which then say nothing about overlap.</param>
    public static void Refuse(IReadOnlyList<FaultText> texts, IReadOnlyList<NodeFault> faults,
        IReadOnlyList<NodeSpec> nodes, bool isDrawn)
    {
        List<(FaultText Text, NodeFault Fault)> crashes = [];
        int next = 0;
        foreach (FaultText text in texts)
        {
            if (text is not FaultText.AtNodes at) continue;
            NodeFault fault = faults[next++];
            bool isFixed = at.Who is { Count: null, SharePerMillion: null };
            if (fault is not NodeFault.Crash || (isDrawn && !isFixed)) continue;
            foreach ((FaultText earlier, NodeFault other) in crashes) RefuseOverlap(text, fault, earlier, other, nodes);
            crashes.Add((text, fault));
        }
    }

    private static void RefuseOverlap(
        FaultText text, NodeFault fault, FaultText earlier, NodeFault other, IReadOnlyList<NodeSpec> nodes)
    {
        if (fault.During.From > other.During.Until || other.During.From > fault.During.Until) return;
        foreach (int node in fault.Nodes.Members)
        {
            if (other.Nodes.Contains(node))
                throw text.DuringAt.Error(System.FormattableString.Invariant(
                    $"{nodes[node].Name} is down already by the crash in line {earlier.At.Line}; ")
                    + "leave time between them, or exclude the node");
        }
    }
}
