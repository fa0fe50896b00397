using System;
using FlowSim.Chain;

namespace FlowSim.Analysis.Metrics;

/// <summary>How far from schedule the controllers believed the network to be, view by view.</summary>
/// <remarks>
/// Each observed view's mean error holds until the next observation, so the time of skipped views is not lost
/// from the integral. Views come in ascending order once nothing more is expected about them. They belong to epochs as
/// the chain decided, which may have extended one.
/// </remarks>
public sealed class ControllerErrors(ObservedCommittee committee, EpochEnds ends)
{
    private readonly double[] integrals = new double[committee.Epochs.Count];
    private double max = double.NegativeInfinity;
    private double min = double.PositiveInfinity;
    private double spreadSum;
    private long views;
    private ulong previousView;
    private double previousError;
    private double previousAt;

    /// <summary>A node's controller took an observation.</summary>
    public static void Observed(ref ViewSlot slot, in ControllerObservation observation)
    {
        slot.Observations++;
        slot.ObservedAtSum += observation.At.Nanoseconds;
        slot.TargetSum += observation.Target.Nanoseconds;
        slot.ErrorSum += observation.ErrorSeconds;
        slot.ErrorMin = Math.Min(slot.ErrorMin, observation.ErrorSeconds);
        slot.ErrorMax = Math.Max(slot.ErrorMax, observation.ErrorSeconds);
    }

    /// <summary>A view is complete.</summary>
    public void Take(in ViewSlot slot)
    {
        if (slot.Observations == 0 || slot.View < committee.FirstCounted) return;
        double at = slot.MeanObservedAt;
        double error = slot.MeanError;
        if (views > 0 && EpochOf(previousView) is var epoch and >= 0)
        {
            integrals[epoch] += Math.Abs(previousError) * Math.Max(0, at - previousAt);
        }

        views++;
        max = Math.Max(max, error);
        min = Math.Min(min, error);
        spreadSum += slot.ErrorMax - slot.ErrorMin;
        (previousView, previousError, previousAt) = (slot.View, error, at);
    }

    public void Report(MetricSheet sheet)
    {
        if (views == 0) return;
        sheet.Put(MetricCatalogue.ControllerErrorMax, max);
        sheet.Put(MetricCatalogue.ControllerErrorMin, min);
        sheet.Put(MetricCatalogue.ControllerErrorSpread, spreadSum / views);
        double sum = 0;
        int complete = 0;
        for (int epoch = 0; epoch < integrals.Length; epoch++)
        {
            bool isCounted = committee.FirstCounted <= ends.FinalViewOf(epoch).Value;
            if (!isCounted || !ends.IsComplete(epoch)) continue;
            sum += integrals[epoch];
            complete++;
        }

        if (complete > 0) sheet.Put(MetricCatalogue.ControllerErrorIntegral, sum / complete);
    }

    private int EpochOf(ulong view)
    {
        for (int epoch = 0; epoch < integrals.Length; epoch++)
        {
            if (view <= ends.FinalViewOf(epoch).Value) return epoch;
        }

        return -1;
    }
}
