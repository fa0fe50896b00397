using System;
using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Upgrades;

namespace FlowSim;

/// <summary>What nature and operators do to processes.</summary>
internal sealed class Processes
{
    private readonly RunSpec spec;
    private readonly Agenda agenda;
    private readonly Boot boot;
    private readonly Fleet fleet;
    private readonly Observation observation;
    private readonly Action<int> forget;
    private readonly Installations? installations;
    private readonly Operations? operations;
    private readonly Directions directions = new();
    private readonly int[] copiedSchemas;

    /// <param name="spec">The run.</param>
    /// <param name="agenda">Where orders wait.</param>
    /// <param name="boot">Makes cores.</param>
    /// <param name="fleet">Who is up.</param>
    /// <param name="observation">Hears of it.</param>
    /// <param name="forget">Drops what a process had going.</param>
    public Processes(
        RunSpec spec, Agenda agenda, Boot boot, Fleet fleet, Observation observation, Action<int> forget)
    {
        (this.spec, this.agenda, this.boot, this.fleet) = (spec, agenda, boot, fleet);
        (this.observation, this.forget) = (observation, forget);
        installations = boot.Installations;
        copiedSchemas = new int[spec.Nodes.Count];
        if (spec.Upgrade is { } upgrade)
            operations = new Operations(upgrade, spec.Nodes, installations!, new Luck(spec.Seed));
    }

    /// <summary>Puts on the agenda what is known from the start.</summary>
    public void Begin()
    {
        Orders.Schedule(agenda, spec.Nodes.Count, spec.NodeFaults);
        operations?.Begin(directions);
        Follow(SimTime.Zero);
    }

    /// <summary>Does what is due to a node.</summary>
    public void CarryOut(SimTime now, int node, Order order)
    {
        observation.Digest.Add(World.Place(EventClass.Order, node, 0), (ulong)now.Nanoseconds, (ulong)order.Kind,
            (ulong)order.Image);
        switch (order.Kind)
        {
            case OrderKind.Start:
                if (!fleet.IsUp(node)) Start(now, node, order.Lost);
                break;
            case OrderKind.Stop:
                if (fleet.IsUp(node)) Stop(now, node, order.Cause);
                break;
            case OrderKind.Freeze:
                fleet.Freeze(node, order.Until);
                break;
            case OrderKind.Install:
                installations!.Install(node, order.Image);
                Report(now, node, new Notice.Installed(order.Image));
                break;
            case OrderKind.BackUp:
                BackUp(node);
                break;
            case OrderKind.Restore:
                Restore(now, node);
                break;
            case OrderKind.CopyDisk:
                CopyDisk(now, node, order.From);
                break;
            case OrderKind.BeginAnew:
                (int whose, Block root) = boot.BeginAnew(fleet);
                Report(now, whose, new Notice.Sporked(root));
                break;
            case OrderKind.Errand:
                operations!.Due(now, order.Errand!, directions);
                Follow(now);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A process ends.</summary>
    public void Stop(SimTime now, int node, StopCause cause)
    {
        fleet.Stop(node);
        if (operations is not null) Report(now, node, new Notice.Ending(cause));
        Report(now, node, new Notice.Stopped());
        operations?.Stopped(now, node, cause, directions);
        Follow(now);
    }

    private void Start(SimTime now, int node, DiskLoss lost)
    {
        if (installations?.CanStart(node) == false)
        {
            Report(now, node, new Notice.RefusedToStart(installations.OnDisk(node)));
            return;
        }

        bool isRestart = fleet.HasRun(node);
        Block? root = boot.RootOf(node, lost);
        fleet.Start(node, agenda.Pushed, lost);
        forget(node);
        Report(now, node, new Notice.Started(isRestart));
        if (installations is not null)
            Report(now, node, new Notice.Runs(installations.Running(node), HeadOf(node)));
        if (root is not null) Report(now, node, new Notice.Bootstrapped(root));
        operations?.Started(node);
        agenda.Push(now, EventClass.Start, node, node, null);
    }

    /// <remarks>Between a spork and its start a node has nothing to copy but the root, which is there anyway.</remarks>
    private void BackUp(int node)
    {
        if (boot.RootOf(node, DiskLoss.Nothing) is not null) return;
        fleet.BackUp(node);
        boot.BackUp(node);
        copiedSchemas[node] = installations!.SchemaOf(node);
    }

    private void Restore(SimTime now, int node)
    {
        Height lost = HeadOf(node);
        if (boot.HasBegunAnew && !fleet.HasCopy(node)) fleet.Replace(node, boot.AtRoot(node, null));
        else
        {
            fleet.Restore(node);
            boot.Restore(node);
            installations!.PutBack(node, copiedSchemas[node]);
        }

        Report(now, node, new Notice.Restored(HeadOf(node), lost));
    }

    /// <remarks>A node that has never run has no disk, and to its operator it is too early for a copy.</remarks>
    private void CopyDisk(SimTime now, int node, int from)
    {
        if (!fleet.HasRun(node) || fleet.DiskOf(from) is null) return;
        Height lost = HeadOf(node);
        fleet.Copy(from, node);
        boot.Copy(from, node);
        installations!.PutBack(node, installations.SchemaOf(from));
        Report(now, node, new Notice.Restored(HeadOf(node), lost));
        Report(now, node, new Notice.Cloned(new NodeId(from)));
    }

    private Height HeadOf(int node) => fleet.DiskOf(node)?.Finalized.Height ?? default;

    /// <summary>Puts on the agenda what operators want; what they do at once comes before anything else of now.
    /// </summary>
    private void Follow(SimTime now)
    {
        if (operations is null) return;
        foreach (Direction direction in directions.Now)
        {
            if (direction.What == Handling.Start && Orders.IsHeldDown(direction.Node, now, spec.NodeFaults)) continue;
            agenda.Push(now, EventClass.Order, direction.Node, -1, OrderOf(direction));
        }

        foreach ((SimTime at, Errand errand) in directions.Later)
            agenda.Push(at, EventClass.Order, errand.Node, -1, new Order(OrderKind.Errand, Errand: errand));
        foreach ((int node, Notice notice) in directions.Said) Report(now, node, notice);
        directions.Clear();
    }

    private static Order OrderOf(Direction direction) => direction.What switch
    {
        Handling.Stop => new Order(OrderKind.Stop, Cause: direction.Cause),
        Handling.Start => Order.Start,
        Handling.Install => new Order(OrderKind.Install, Image: direction.Image),
        Handling.BackUp => new Order(OrderKind.BackUp),
        Handling.Restore => new Order(OrderKind.Restore),
        Handling.CopyDisk => new Order(OrderKind.CopyDisk, From: direction.From),
        Handling.BeginAnew => new Order(OrderKind.BeginAnew),
        _ => throw new UnreachableException(),
    };

    private void Report(SimTime now, int node, Notice notice) =>
        observation.Report(new TraceEvent(now, new NodeId(node), notice));
}
