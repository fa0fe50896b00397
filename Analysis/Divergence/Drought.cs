using FlowSim.Kernel;

namespace FlowSim.Analysis.Divergence;

/// <summary>Time without progress, beyond what is normal between two steps.</summary>
/// <param name="normal">A gap that is nothing out of the ordinary.</param>
public sealed class Drought(SimDuration normal)
{
    private SimTime last = SimTime.Zero;
    private SimTime told = SimTime.Zero;
    private double seconds;
    private int count;

    /// <summary>Whether it is on.</summary>
    public bool IsOn(SimTime at) => at > last + normal;

    /// <summary>There is progress.</summary>
    public void Advance(SimTime at) => Advance(at, at);

    /// <summary>There is progress, which counts as of an earlier time.</summary>
    public void Advance(SimTime at, SimTime asOf)
    {
        (seconds, count) = (Seconds(at), Count(at));
        (last, told) = (asOf, at);
    }

    /// <summary>All time lost until a time, in seconds.</summary>
    public double Seconds(SimTime until)
    {
        SimTime from = SimTime.Max(told, last + normal);
        return seconds + (until > from ? (until - from).TotalSeconds : 0);
    }

    /// <summary>How often it has begun until a time.</summary>
    public int Count(SimTime until) => count + (until > last + normal && told <= last + normal ? 1 : 0);
}
