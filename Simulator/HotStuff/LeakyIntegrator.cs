using System;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>A sum that loses a fixed share at every step (flow-go cruisectl/aggregators.go).</summary>
public sealed class LeakyIntegrator
{
    private readonly double feedback;

    /// <param name="beta">The share lost per step, strictly between 0 and 1.</param>
    /// <param name="initial">The sum before the first sample.</param>
    public LeakyIntegrator(double beta, double initial)
    {
        if (!(beta > 0 && beta < 1)) throw new ArgumentException("the leak must be in (0, 1)", nameof(beta));
        feedback = 1 - beta;
        Value = initial;
    }

    public double Value { get; private set; }

    /// <summary>Takes a sample.</summary>
    public void Add(double sample) => Value = sample + feedback * Value;

    /// <summary>Takes one sample k times, in closed form.</summary>
    public void AddRepeated(double sample, ulong k)
    {
        double rest = GoMath.Pow(feedback, checked((long)k));
        Value = rest * Value + sample * (1 - rest) / (1 - feedback);
    }
}
