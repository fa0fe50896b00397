using FlowSim.Chain;

namespace FlowSim.Analysis.Timeline;

/// <summary>The views that a reader asked for.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
public sealed record ViewRange(View First, View Last)
{
    /// <summary>All views of any run.</summary>
    public static readonly ViewRange All = new(default, new View(ulong.MaxValue));

    public bool Contains(View view) => First <= view && view <= Last;
}
