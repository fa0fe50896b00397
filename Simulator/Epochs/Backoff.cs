using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>How often something is tried again and when: waits that double, with jitter (go-retry, as flow-go uses it).
/// </summary>
public sealed record Backoff
{
    /// <summary>Tries after the first one; null for no end.</summary>
    public int? Retries { get; init; }

    /// <summary>Wait after the first failure; each further one is twice as long.</summary>
    public SimDuration FirstWait { get; init; } = SimDuration.FromSeconds(1);

    /// <summary>The longest wait, without jitter.</summary>
    public SimDuration LongestWait { get; init; } = SimDuration.FromSeconds(600);

    /// <summary>By how much a wait may be longer or shorter, per cent of it.</summary>
    public int JitterPercent { get; init; } = 25;

    /// <summary>Whether there is another try after so many failures.</summary>
    public bool Allows(int failures) => Retries is not { } retries || failures <= retries;

    /// <summary>How long to wait after a failure.</summary>
    /// <param name="failures">Failures so far, this one included.</param>
    /// <param name="draw">Decides the jitter.</param>
    public SimDuration WaitAfter(int failures, ulong draw)
    {
        SimDuration wait = FirstWait;
        for (int i = 1; i < failures && wait < LongestWait; i++) wait += wait;
        long percent = 100 + JitterPercent - Luck.Below(draw, 2L * JitterPercent);
        return new SimDuration(SimDuration.Min(wait, LongestWait).Nanoseconds / 100 * percent);
    }
}
