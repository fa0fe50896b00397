using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>A pool of equal workers that take checks in order of arrival.</summary>
/// <remarks>Queue bounds are not modelled here: the pool never refuses work.</remarks>
public sealed class Workers(int count)
{
    private readonly SimTime[] free = new SimTime[count];

    /// <summary>When a check that arrives now is done; the worker that is free first takes it.</summary>
    public SimTime Finish(SimTime now, SimDuration cost)
    {
        int first = 0;
        for (int i = 1; i < free.Length; i++)
        {
            if (free[i] < free[first]) first = i;
        }

        return free[first] = SimTime.Max(now, free[first]) + cost;
    }
}
