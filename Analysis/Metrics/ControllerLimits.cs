using FlowSim.Chain;

namespace FlowSim.Analysis.Metrics;

/// <summary>How long the controller wanted views to be, and how often its limits stood in the way.</summary>
public sealed class ControllerLimits(ObservedCommittee committee)
{
    private long observations;
    private long atMax;
    private long atMin;
    private double targetSeconds;

    /// <summary>A node's controller took an observation.</summary>
    public void Observed(in ControllerObservation observation)
    {
        if (observation.View.Value < committee.FirstCounted) return;
        observations++;
        targetSeconds += observation.Target.TotalSeconds;
        if (observation.Target == committee.CruiseControl.MaxViewDuration) atMax++;
        if (observation.Target == committee.CruiseControl.MinViewDuration) atMin++;
    }

    public void Report(MetricSheet sheet)
    {
        if (observations == 0 || !committee.CruiseControl.Enabled) return;
        sheet.Put(MetricCatalogue.TargetViewDuration, targetSeconds / observations);
        sheet.Put(MetricCatalogue.AtMaxViewDuration, atMax / (double)observations);
        sheet.Put(MetricCatalogue.AtMinViewDuration, atMin / (double)observations);
    }
}
