using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>What the pacemaker keeps on disk: where the node is and why.</summary>
/// <param name="CurrentView">The view the node is in.</param>
/// <param name="NewestQc">The newest QC it knows.</param>
/// <param name="LastViewTc">The TC that brought it here; null when a QC did.</param>
public sealed record LivenessData(View CurrentView, QuorumCertificate NewestQc,
    TimeoutCertificate? LastViewTc);

/// <summary>A node entered a view.</summary>
/// <param name="From">The view left.</param>
/// <param name="To">The view entered.</param>
/// <param name="ByTc">Whether a TC, not a QC, caused it.</param>
/// <param name="Timeout">How long it may last before the node gives up on it.</param>
public readonly record struct ViewChange(View From, View To, bool ByTc, SimDuration Timeout);

/// <summary>Decides when a node moves on: only certificates change the view, never the clock.</summary>
/// <remarks>flow-go pacemaker/pacemaker.go and view_tracker.go.</remarks>
public sealed class Pacemaker(PacemakerConfig config, LivenessData start)
{
    private LivenessData? onDisk = start;

    /// <summary>What is on disk; another object exactly when flow-go has written since.</summary>
    /// <remarks>Every view is written and few writes are ever read, so the object is made for the reader.</remarks>
    public LivenessData Liveness => onDisk ??= new LivenessData(CurrentView, NewestQc, LastViewTc);

    public View CurrentView { get; private set; } = start.CurrentView;

    public QuorumCertificate NewestQc { get; private set; } = start.NewestQc;

    public TimeoutCertificate? LastViewTc { get; private set; } = start.LastViewTc;

    /// <summary>How long views may last.</summary>
    public TimeoutController Timeouts { get; } = new(config);

    /// <summary>Takes note of a QC; it ends its view if the node is still in it or behind.</summary>
    public ViewChange? ProcessQc(QuorumCertificate qc)
    {
        if (qc.View < CurrentView)
        {
            KeepNewest(qc);
            return null;
        }

        Timeouts.OnProgress();
        View from = CurrentView;
        Write(qc.View.Next, qc, null);
        return new ViewChange(from, CurrentView, false, Timeouts.Timeout);
    }

    /// <summary>Takes note of a TC, which carries a QC; it ends its view if the node is still in it or
    /// behind.</summary>
    public ViewChange? ProcessTc(TimeoutCertificate? tc)
    {
        if (tc is null) return null;
        if (tc.View < CurrentView)
        {
            KeepNewest(tc.NewestQc);
            return null;
        }

        Timeouts.OnTimeout();
        View from = CurrentView;
        QuorumCertificate newest = tc.NewestQc.View > NewestQc.View ? tc.NewestQc : NewestQc;
        Write(tc.View.Next, newest, tc);
        return new ViewChange(from, CurrentView, true, Timeouts.Timeout);
    }

    private void KeepNewest(QuorumCertificate qc)
    {
        if (qc.View > NewestQc.View) Write(CurrentView, qc, LastViewTc);
    }

    private void Write(View currentView, QuorumCertificate newestQc, TimeoutCertificate? lastViewTc)
    {
        CurrentView = currentView;
        NewestQc = newestQc;
        LastViewTc = lastViewTc;
        onDisk = null;
    }
}
