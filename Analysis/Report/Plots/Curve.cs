using System.Collections.Generic;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>A point of a curve with its confidence interval, which may not exist.</summary>
public readonly record struct CurvePoint(double X, double Y, double Low, double High);

/// <summary>A set's line in a figure.</summary>
public sealed record Curve(string Set, IReadOnlyList<CurvePoint> Points);
