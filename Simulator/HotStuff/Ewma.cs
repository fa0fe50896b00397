using System;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>An exponentially weighted moving average (flow-go cruisectl/aggregators.go).</summary>
public sealed class Ewma
{
    private readonly double alpha;

    /// <param name="alpha">The weight of a new sample, strictly between 0 and 1.</param>
    /// <param name="initial">The average before the first sample.</param>
    public Ewma(double alpha, double initial)
    {
        if (!(alpha > 0 && alpha < 1))
            throw new ArgumentException("the weight must be in (0, 1)", nameof(alpha));
        this.alpha = alpha;
        Value = initial;
    }

    public double Value { get; private set; }

    /// <summary>Takes a sample.</summary>
    public void Add(double sample) => Value += alpha * (sample - Value);

    /// <summary>Takes one sample k times, in closed form.</summary>
    public void AddRepeated(double sample, ulong k)
    {
        double rest = GoMath.Pow(1 - alpha, checked((long)k));
        Value = rest * Value + sample * (1 - rest);
    }
}
