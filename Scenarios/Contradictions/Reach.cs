using System;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>How far the longest run of a scenario gets by its plan.</summary>
/// <remarks>A run of so many views or epochs may take longer than planned when it stands still; who wants something to
/// happen then gives the run a time.</remarks>
/// <param name="End">When it is over.</param>
/// <param name="Last">Its last view; blocks are no more than views.</param>
internal sealed record Reach(SimTime End, View Last)
{
    public static Reach Of(Scenario scenario)
    {
        Reach farthest = new(SimTime.Zero, default);
        foreach (ParameterSet set in scenario.Sets)
        {
            Reach reach = Of(set, scenario.Length);
            farthest = new Reach(SimTime.Max(farthest.End, reach.End),
                new View(ulong.Max(farthest.Last.Value, reach.Last.Value)));
        }

        return farthest;
    }

    /// <summary>When a view is entered by the targets.</summary>
    public static SimTime TimeOf(ulong view, ParameterSet set) => SimTime.Zero + new SimDuration((long)(
        (Int128)view * set.Epoch.TargetSeconds * SimDuration.NanosecondsPerSecond / set.Epoch.Views));

    /// <summary>The view that is entered last before an instant by the targets.</summary>
    public static ulong ViewAt(SimTime at, ParameterSet set) => (ulong)((Int128)(at - SimTime.Zero).Nanoseconds
        * set.Epoch.Views / ((Int128)set.Epoch.TargetSeconds * SimDuration.NanosecondsPerSecond));

    /// <summary>An instant as users write it.</summary>
    public static string Format(SimTime at) => GoDuration.Format(at - SimTime.Zero);

    /// <exception cref="ScenarioException">Something is to happen when the run is over.</exception>
    public void Refuse(Reading.Place at, SimTime when)
    {
        if (when < End) return;
        throw at.Error($"by its plan the run is over at {Format(End)}; choose an earlier time, or a longer 'duration'");
    }

    /// <exception cref="ScenarioException">A height or view lies beyond the run.</exception>
    public void Refuse(Reading.Place at, string what, ulong number)
    {
        if (number <= Last.Value) return;
        throw at.Error(FormattableString.Invariant($"by its plan the run has {Last.Value} views; a {what} must not be ")
            + "greater, or 'duration' must be longer");
    }

    private static Reach Of(ParameterSet set, RunLength length)
    {
        Timeline timeline = set.Timeline;
        if (length.Time is null)
        {
            SimDuration behind = SimDuration.FromSeconds(Math.Abs(set.Epoch.BehindSeconds));
            return new Reach(TimeOf(timeline.PlannedViews, set) + behind, timeline.Stop.View);
        }

        // Nothing holds views to their target when the controller is off.
        return new Reach(timeline.Stop.Time, set.Parameters.CruiseControl.Enabled
            ? new View(timeline.PlannedViews)
            : timeline.Stop.View);
    }
}
