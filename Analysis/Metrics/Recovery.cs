using System;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Metrics;

/// <summary>How long after the last fault the controllers were back on schedule, to stay.</summary>
/// <remarks>
/// Recovery is the first observed view from which on the mean error over nodes lies within one second until the run
/// ends. An error that crosses zero is not one that stays, so at least <see cref="HoldViews"/> views must follow. A run
/// that ends before that is censored: it has no recovery time, only the mark that it had not recovered. Faults that
/// never end belong to the world.
/// </remarks>
public sealed class Recovery(ObservedCommittee committee)
{
    /// <summary>Largest |mean error| that counts as on schedule, seconds.</summary>
    public const double BandSeconds = 1;

    /// <summary>Fewest views on schedule: as many as the shipped integrator remembers (N_itg).</summary>
    public const int HoldViews = 50;

    private readonly double faultEnd = committee.LastFaultEnd?.TotalSeconds ?? double.PositiveInfinity;
    private double since;
    private long views;

    /// <summary>A view is complete; views come in ascending order.</summary>
    public void Take(in ViewSlot slot)
    {
        if (slot.Observations == 0) return;
        double at = slot.MeanObservedAt;
        if (at < faultEnd) return;
        if (Math.Abs(slot.MeanError) > BandSeconds) views = 0;
        else if (views++ == 0) since = at;
    }

    public void Report(MetricSheet sheet, SimTime end)
    {
        if (!committee.CruiseControl.Enabled || faultEnd >= end.TotalSeconds) return;
        bool isRecovered = views >= HoldViews;
        sheet.Put(MetricCatalogue.Unrecovered, isRecovered ? 0 : 1);
        if (isRecovered) sheet.Put(MetricCatalogue.RecoveryTime, since - faultEnd);
    }
}
