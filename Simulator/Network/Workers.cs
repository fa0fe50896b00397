using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>A pool of equal workers at every node that take checks in order of arrival.</summary>
public sealed class Workers(int nodes, int workersPerNode)
{
    private readonly SimTime[] free = new SimTime[nodes * workersPerNode];

    private readonly Queue<SimTime>?[] waiting = new Queue<SimTime>?[nodes];

    /// <summary>When a check that arrives now is done; the node's worker that is free first takes it.</summary>
    /// <returns>The end; never, if as many bounded checks wait already as the queue holds.</returns>
    public SimTime Finish(int node, SimTime now, SimDuration cost, int capacity)
    {
        int worker = FreeFirst(node, now);
        if (free[worker] > now && !Queues(node, now, free[worker], capacity)) return SimTime.Never;
        return free[worker] = SimTime.Max(now, free[worker]) + cost;
    }

    /// <summary>The same for a check that no queue bounds.</summary>
    public SimTime Finish(int node, SimTime now, SimDuration cost)
    {
        int worker = FreeFirst(node, now);
        return free[worker] = SimTime.Max(now, free[worker]) + cost;
    }

    /// <summary>Drops what a node's workers have to do.</summary>
    public void Forget(int node)
    {
        System.Array.Clear(free, node * workersPerNode, workersPerNode);
        waiting[node]?.Clear();
    }

    /// <remarks>Checks begin in order of arrival, so those that have begun are at the front.</remarks>
    private bool Queues(int node, SimTime now, SimTime begin, int capacity)
    {
        Queue<SimTime> queue = waiting[node] ??= new Queue<SimTime>();
        while (queue.TryPeek(out SimTime begun) && begun <= now) queue.Dequeue();
        if (queue.Count >= capacity) return false;
        queue.Enqueue(begin);
        return true;
    }

    private int FreeFirst(int node, SimTime now)
    {
        int first = node * workersPerNode;
        int end = first + workersPerNode;
        for (int i = first + 1; i < end && free[first] > now; i++)
        {
            if (free[i] < free[first]) first = i;
        }

        return first;
    }
}
