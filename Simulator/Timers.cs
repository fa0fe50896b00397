using FlowSim.Kernel;

namespace FlowSim;

/// <summary>One lazy timer per node and kind; a slot numbers both.</summary>
/// <remarks>
/// A node re-arms its view timer every view. Only its deadline moves; the queue holds one entry per slot, which goes
/// back to sleep if it wakes before the deadline. An entry that a nearer deadline has overtaken is recognised as stale.
/// </remarks>
internal sealed class Timers(int slots)
{
    /// <summary>What to do when a timer's entry comes up.</summary>
    public enum Verdict
    {
        Fire,
        Sleep,
        Stale,
    }

    private readonly SimTime[] deadline = Filled(slots);
    private readonly SimTime[] queuedFor = Filled(slots);
    private readonly int[] generation = new int[slots];

    public SimTime DeadlineOf(int slot) => deadline[slot];

    public int GenerationOf(int slot) => generation[slot];

    /// <summary>Forgets a deadline, as a crash does.</summary>
    public void Clear(int slot)
    {
        deadline[slot] = SimTime.Never;
        queuedFor[slot] = SimTime.Never;
        generation[slot]++;
    }

    /// <summary>Moves a deadline; true if the queue needs an entry for it.</summary>
    public bool Set(int slot, SimTime at)
    {
        deadline[slot] = at;
        if (queuedFor[slot] <= at) return false;
        queuedFor[slot] = at;
        generation[slot]++;
        return true;
    }

    /// <summary>Judges an entry that came up.</summary>
    public Verdict Wake(int slot, int entryGeneration, SimTime now)
    {
        if (entryGeneration != generation[slot]) return Verdict.Stale;
        if (deadline[slot] > now)
        {
            queuedFor[slot] = deadline[slot];
            return Verdict.Sleep;
        }

        deadline[slot] = SimTime.Never;
        queuedFor[slot] = SimTime.Never;
        return Verdict.Fire;
    }

    private static SimTime[] Filled(int slots)
    {
        var times = new SimTime[slots];
        System.Array.Fill(times, SimTime.Never);
        return times;
    }
}
