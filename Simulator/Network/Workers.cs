using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>A pool of equal workers at every node that take checks in order of arrival.</summary>
/// <remarks>Queue bounds are not modelled here: a pool never refuses work.</remarks>
public sealed class Workers(int nodes, int workersPerNode)
{
    private readonly SimTime[] free = new SimTime[nodes * workersPerNode];

    /// <summary>When a check that arrives now is done; the node's worker that is free first takes it.</summary>
    public SimTime Finish(int node, SimTime now, SimDuration cost)
    {
        int first = node * workersPerNode;
        int end = first + workersPerNode;
        for (int i = first + 1; i < end && free[first] > now; i++)
        {
            if (free[i] < free[first]) first = i;
        }

        return free[first] = SimTime.Max(now, free[first]) + cost;
    }

    /// <summary>Drops what a node's workers have to do.</summary>
    public void Forget(int node) => System.Array.Clear(free, node * workersPerNode, workersPerNode);
}
