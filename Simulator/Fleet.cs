using System;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim;

/// <summary>The processes: who is up, who stands still, and since when.</summary>
/// <remarks>
/// What a process has going (checks, publications, timers) dies with it. An internal event is of a dead process if it
/// was pushed before the present one started.
/// </remarks>
internal sealed class Fleet(Func<int, Disk?, DiskLoss, ICore> boot, int nodes)
{
    private readonly ICore?[] cores = new ICore?[nodes];
    private readonly Disk?[] disks = new Disk?[nodes];
    private readonly Disk?[] copies = new Disk?[nodes];
    private readonly long[] bornAt = new long[nodes];
    private readonly SimTime[] standsUntil = new SimTime[nodes];

    /// <summary>The core of a node that is up.</summary>
    public ICore? CoreOf(int node) => cores[node];

    /// <summary>Whether a message can change nothing at a node any more, whenever it arrives.</summary>
    public bool IsPast(int node, Message message) => cores[node]?.WorthOf(message) == Worth.NothingEver;

    public bool IsUp(int node) => cores[node] is not null;

    /// <summary>Whether a node that is down has run before.</summary>
    public bool HasRun(int node) => disks[node] is not null;

    /// <summary>Until when a node stands still; past when it does not.</summary>
    public SimTime StandsUntil(int node) => standsUntil[node];

    /// <summary>Whether an internal event was made by the process that is running now.</summary>
    public bool IsCurrent(in Event due) => due.Sequence >= bornAt[due.Node];

    /// <summary>Starts a process from its disk, or from the root when it never ran.</summary>
    /// <param name="node">Whose.</param>
    /// <param name="sequence">The number of the next event.</param>
    /// <param name="lost">What is missing from the disk.</param>
    public void Start(int node, long sequence, DiskLoss lost)
    {
        if (lost == DiskLoss.Everything) disks[node] = null;
        cores[node] = boot(node, disks[node], lost);
        bornAt[node] = sequence;
    }

    /// <summary>Kills a process; only its disk remains.</summary>
    public void Stop(int node)
    {
        disks[node] = DiskOf(node);
        cores[node] = null;
    }

    /// <summary>What is on a node's disk; null when it never ran.</summary>
    public Disk? DiskOf(int node) => cores[node]?.Disk ?? disks[node];

    /// <summary>Copies a node's disk, in place of an earlier copy.</summary>
    public void BackUp(int node) => copies[node] = DiskOf(node);

    /// <summary>Puts the copy back at a node that is down.</summary>
    public void Restore(int node) => disks[node] = copies[node];

    /// <summary>Copies a node's disk to a node that is down.</summary>
    public void Copy(int from, int to) => disks[to] = DiskOf(from);

    /// <summary>Whether there is a copy of a node's disk.</summary>
    public bool HasCopy(int node) => copies[node] is not null;

    /// <summary>A node that is down gets another disk.</summary>
    public void Replace(int node, Disk disk) => disks[node] = disk;

    /// <summary>Copies of disks are of no use any more.</summary>
    public void ForgetCopies() => Array.Clear(copies);

    /// <summary>Freezes a process for a while.</summary>
    public void Freeze(int node, SimTime until) => standsUntil[node] = SimTime.Max(standsUntil[node], until);
}
