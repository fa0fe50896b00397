using FlowSim.Kernel;

namespace FlowSim;

/// <summary>One lazy timer per node.</summary>
/// <remarks>
/// A node re-arms its timer every view. Only its deadline moves; the queue holds one entry per node, which goes back
/// to sleep if it wakes before the deadline. An entry that a nearer deadline has overtaken is recognised as stale.
/// </remarks>
internal sealed class Timers(int nodes)
{
    /// <summary>What to do when a timer's entry comes up.</summary>
    public enum Verdict
    {
        Fire,
        Sleep,
        Stale,
    }

    private readonly SimTime[] deadline = Filled(nodes);
    private readonly SimTime[] queuedFor = Filled(nodes);
    private readonly int[] generation = new int[nodes];

    public SimTime DeadlineOf(int node) => deadline[node];

    public int GenerationOf(int node) => generation[node];

    /// <summary>Moves a node's deadline; true if the queue needs an entry for it.</summary>
    public bool Set(int node, SimTime at)
    {
        deadline[node] = at;
        if (queuedFor[node] <= at) return false;
        queuedFor[node] = at;
        generation[node]++;
        return true;
    }

    /// <summary>Judges an entry that came up.</summary>
    public Verdict Wake(int node, int entryGeneration, SimTime now)
    {
        if (entryGeneration != generation[node]) return Verdict.Stale;
        if (deadline[node] > now)
        {
            queuedFor[node] = deadline[node];
            return Verdict.Sleep;
        }

        deadline[node] = SimTime.Never;
        queuedFor[node] = SimTime.Never;
        return Verdict.Fire;
    }

    private static SimTime[] Filled(int nodes)
    {
        var times = new SimTime[nodes];
        System.Array.Fill(times, SimTime.Never);
        return times;
    }
}
