using System;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>How long the current view may last: constant on the happy path, then growing per failed
/// round.</summary>
/// <remarks>
/// flow-go pacemaker/timeout/controller.go. The counter moves by one per view change, however many views that
/// skips, and never resets. flow-go computes in float64 milliseconds; so does this, bit for bit.
/// </remarks>
public sealed class TimeoutController
{
    private readonly double min;
    private readonly double max;
    private readonly double factor;
    private readonly ulong happyRounds;
    private readonly double maxRebroadcast;

    /// <exception cref="ArgumentException">flow-go would not start with this configuration.</exception>
    public TimeoutController(PacemakerConfig config)
    {
        min = WholeMilliseconds(config.MinTimeout);
        max = WholeMilliseconds(config.MaxTimeout);
        factor = config.AdjustmentFactor;
        happyRounds = config.HappyPathMaxRoundFailures;
        maxRebroadcast = WholeMilliseconds(config.MaxRebroadcastInterval);
        if (!(min > 0)) throw new ArgumentException("the minimum timeout must be positive", nameof(config));
        if (max < min)
            throw new ArgumentException("the maximum timeout is below the minimum", nameof(config));
        if (!(factor > 1)) throw new ArgumentException("the adjustment factor must exceed 1", nameof(config));
        if (!(maxRebroadcast > 0))
            throw new ArgumentException("the rebroadcast interval must be positive", nameof(config));

        MaxExponent = DeterministicMath.Log(max / min) / DeterministicMath.Log(factor);
        Update();
    }

    /// <summary>Failed rounds not yet made good (r).</summary>
    public ulong Failures { get; private set; }

    /// <summary>The exponent at which the timeout reaches its maximum.</summary>
    public double MaxExponent { get; }

    /// <summary>The timeout of a view entered now, unrounded.</summary>
    public double TimeoutMilliseconds { get; private set; }

    /// <summary>The same cut to whole milliseconds, as flow-go's timer takes it.</summary>
    public SimDuration Timeout => Truncated(TimeoutMilliseconds);

    /// <summary>The pause between two sendings of one timeout object.</summary>
    public SimDuration RebroadcastInterval => Truncated(Math.Min(TimeoutMilliseconds, maxRebroadcast));

    /// <summary>A TC changed the view: the next one gets more time.</summary>
    public void OnTimeout()
    {
        if (Failures >= MaxExponent + happyRounds) return;
        Failures++;
        Update();
    }

    /// <summary>A QC changed the view: the next one gets less time.</summary>
    public void OnProgress()
    {
        if (Failures == 0) return;
        Failures--;
        Update();
    }

    private void Update() => TimeoutMilliseconds = Computed();

    private double Computed()
    {
        if (Failures <= happyRounds) return min;
        long excess = (long)(Failures - happyRounds);
        return excess >= MaxExponent ? max : min * GoMath.Pow(factor, excess);
    }

    private static double WholeMilliseconds(SimDuration duration) =>
        duration.Nanoseconds / SimDuration.NanosecondsPerMillisecond;

    private static SimDuration Truncated(double milliseconds) =>
        SimDuration.FromMilliseconds(GoMath.ToInt64(milliseconds));
}
