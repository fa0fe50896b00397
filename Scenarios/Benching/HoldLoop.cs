using System;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Benching;

/// <summary>The engine with nothing around it: one event is taken, one is put in (the HOLD model).</summary>
public static class HoldLoop
{
    private const long MeanDelay = 100 * SimDuration.NanosecondsPerMillisecond;

    /// <summary>Events per CPU-second of the timing wheel.</summary>
    /// <param name="pending">Events in the queue all the time.</param>
    /// <param name="events">Events to take; delays are exponential with a mean of 100 ms.</param>
    /// <param name="seed">Decides the delays.</param>
    public static double EventsPerSecond(int pending, long events, ulong seed)
    {
        var delays = Quantiles.Exponential(MeanDelay);
        Luck.Purpose delay = new Luck(seed).For("hold");
        var agenda = new Agenda(new TimingWheel());
        for (int i = 0; i < pending; i++) Push(agenda, delays, delay);
        TimeSpan begun = Environment.CpuUsage.TotalTime;
        for (long i = 0; i < events; i++)
        {
            agenda.TryPop(SimTime.Never, out _);
            Push(agenda, delays, delay);
        }

        return events / (Environment.CpuUsage.TotalTime - begun).TotalSeconds;
    }

    private static void Push(Agenda agenda, Quantiles delays, Luck.Purpose delay) => agenda.Push(
        agenda.Now + new SimDuration(delays.Value(delay.Draw((ulong)agenda.Pushed))), EventClass.Arrival, 0, 0, null);
}
