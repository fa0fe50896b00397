using System.Collections.Generic;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim;

/// <summary>What nature or an operator does to a process.</summary>
internal enum OrderKind : byte
{
    Start,
    Stop,
    Freeze,
}

/// <summary>One act on one process.</summary>
/// <param name="Kind">Which act.</param>
/// <param name="Until">For a freeze, its end.</param>
/// <param name="Lost">For a start, what is missing from the disk.</param>
internal sealed record Order(OrderKind Kind, SimTime Until, DiskLoss Lost = DiskLoss.Nothing)
{
    public static readonly Order Start = new(OrderKind.Start, default);

    public static readonly Order Stop = new(OrderKind.Stop, default);
}

/// <summary>Puts every process's start, and every crash and pause, on the agenda.</summary>
internal static class Orders
{
    /// <summary>Whoever is down from the first instant on does not start before its window ends.</summary>
    public static void Schedule(Agenda agenda, int nodes, IReadOnlyList<NodeFault> faults)
    {
        for (int node = 0; node < nodes; node++)
        {
            if (!IsDownAtStart(node, faults)) agenda.Push(SimTime.Zero, EventClass.Order, node, -1, Order.Start);
        }

        foreach (NodeFault fault in faults)
        {
            foreach (int node in fault.Nodes.Members) Schedule(agenda, node, fault);
        }
    }

    private static bool IsDownAtStart(int node, IReadOnlyList<NodeFault> faults)
    {
        foreach (NodeFault fault in faults)
        {
            if (fault is NodeFault.Crash && fault.During.Contains(SimTime.Zero) && fault.Nodes.Contains(node))
                return true;
        }

        return false;
    }

    private static void Schedule(Agenda agenda, int node, NodeFault fault)
    {
        switch (fault)
        {
            case NodeFault.Crash { Loses: var lost }:
                if (fault.During.From > SimTime.Zero)
                    agenda.Push(fault.During.From, EventClass.Order, node, -1, Order.Stop);
                if (fault.During.Until != SimTime.Never)
                    agenda.Push(fault.During.Until, EventClass.Order, node, -1, Order.Start with { Lost = lost });
                break;
            case NodeFault.Pause:
                agenda.Push(fault.During.From, EventClass.Order, node, -1,
                    new Order(OrderKind.Freeze, fault.During.Until));
                break;
        }
    }
}
