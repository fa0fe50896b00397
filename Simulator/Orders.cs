using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Upgrades;

namespace FlowSim;

/// <summary>What nature or an operator does to a process.</summary>
/// <remarks>The digest covers their numbers, so a new one comes last.</remarks>
internal enum OrderKind : byte
{
    Start,
    Stop,
    Freeze,

    /// <summary>An image is put onto the disk.</summary>
    Install,

    /// <summary>The disk is copied.</summary>
    BackUp,

    /// <summary>The copy is put back.</summary>
    Restore,

    /// <summary>Those who run nodes are reminded of something.</summary>
    Errand,

    /// <summary>Another node's disk is copied.</summary>
    CopyDisk,

    /// <summary>All nodes get a new root.</summary>
    BeginAnew,
}

/// <summary>One act on one process.</summary>
/// <param name="Kind">Which act.</param>
/// <param name="Until">For a freeze, its end.</param>
/// <param name="Lost">For a start, what is missing from the disk.</param>
/// <param name="Image">For an installation, the number of the image.</param>
/// <param name="Cause">For a stop, why.</param>
/// <param name="Errand">What those who run nodes wanted to be reminded of.</param>
/// <param name="From">For a copied disk, whose disk.</param>
internal sealed record Order(OrderKind Kind, SimTime Until = default, DiskLoss Lost = DiskLoss.Nothing, int Image = 0,
    StopCause Cause = default, Errand? Errand = null, int From = 0)
{
    public static readonly Order Start = new(OrderKind.Start);

    public static readonly Order Stop = new(OrderKind.Stop);
}

/// <summary>Puts every process's start, and every crash and pause, on the agenda.</summary>
internal static class Orders
{
    /// <summary>Whoever is down from the first instant on does not start before its window ends.</summary>
    public static void Schedule(Agenda agenda, int nodes, IReadOnlyList<NodeFault> faults)
    {
        for (int node = 0; node < nodes; node++)
        {
            if (!IsHeldDown(node, SimTime.Zero, faults))
                agenda.Push(SimTime.Zero, EventClass.Order, node, -1, Order.Start);
        }

        foreach (NodeFault fault in faults)
        {
            foreach (int node in fault.Nodes.Members) Schedule(agenda, node, fault);
        }
    }

    /// <summary>Whether a fault keeps a node down at an instant, whatever its operator does.</summary>
    public static bool IsHeldDown(int node, SimTime at, IReadOnlyList<NodeFault> faults)
    {
        foreach (NodeFault fault in faults)
        {
            if (fault is NodeFault.Crash && fault.During.Contains(at) && fault.Nodes.Contains(node))
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
