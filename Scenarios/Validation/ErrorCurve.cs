using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Scenarios.Validation;

/// <summary>The controller's error at one node, view by view.</summary>
/// <param name="node">Whose.</param>
internal sealed class ErrorCurve(int node) : IProbe
{
    private readonly List<(ulong View, double Error)> points = [];

    public void On(in TraceEvent entry)
    {
        if (entry.Node.Index == node && entry.Notice is Notice.ControllerUpdated { Observation: var seen })
            points.Add((seen.View.Value, seen.ErrorSeconds));
    }

    /// <summary>The largest error from one view to another.</summary>
    public double Max(ulong from, ulong to) => Extreme(from, to, Math.Max);

    /// <summary>The smallest.</summary>
    public double Min(ulong from, ulong to) => Extreme(from, to, Math.Min);

    /// <summary>The first view from one on whose error is such; the last view if none is.</summary>
    public ulong First(ulong from, Predicate<double> isSuch)
    {
        foreach ((ulong view, double error) in points)
        {
            if (view >= from && isSuch(error)) return view;
        }

        return points[^1].View;
    }

    /// <summary>Share of views in a range whose error is such.</summary>
    public double Share(ulong from, ulong to, Predicate<double> isSuch)
    {
        List<(ulong View, double Error)> inside = points.FindAll(point => point.View >= from && point.View <= to);
        return (double)inside.FindAll(point => isSuch(point.Error)).Count / inside.Count;
    }

    private double Extreme(ulong from, ulong to, Func<double, double, double> more)
    {
        double extreme = double.NaN;
        foreach ((ulong view, double error) in points)
        {
            if (view < from || view > to) continue;
            extreme = double.IsNaN(extreme) ? error : more(extreme, error);
        }

        return extreme;
    }
}
