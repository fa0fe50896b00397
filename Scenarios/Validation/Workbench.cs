using System;
using System.Collections.Generic;
using System.Threading;
using FlowSim.Analysis.Metrics;
using FlowSim.Oracles;

namespace FlowSim.Scenarios.Validation;

/// <summary>Makes the runs of validation, several at a time and all under the oracles.</summary>
/// <param name="division">Who makes which; what comes out does not depend on it.</param>
/// <param name="cancel">Gives up.</param>
public sealed class Workbench(IDivision division, CancellationToken cancel)
{
    /// <summary>Makes runs and reads a figure off each, in the order given.</summary>
    /// <param name="specs">The worlds.</param>
    /// <param name="figure">Reads a figure off a measured run.</param>
    /// <param name="warmupViews">Views at the start that no metric counts.</param>
    /// <exception cref="InvariantViolation">FlowSim contradicts itself.</exception>
    public T[] Each<T>(IReadOnlyList<RunSpec> specs, Func<Measurement, T> figure, ulong warmupViews = WarmupViews) =>
        Each(specs, spec =>
    {
        var observer = new RunObserver(new RunKey("validation", "", spec.Seed), spec, warmupViews);
        RunResult result = Run(spec, observer);
        return figure(observer.Measure(result));
    });

    /// <summary>Views at the start of a run that no metric counts.</summary>
    public const ulong WarmupViews = 10;

    /// <summary>Does the same with every spec.</summary>
    /// <param name="specs">The worlds.</param>
    /// <param name="work">A figure, or a record of figures: it may come out of another process.</param>
    public T[] Each<T>(IReadOnlyList<RunSpec> specs, Func<RunSpec, T> work) =>
        division.Each(specs.Count, i => work(specs[i]));

    /// <summary>One run under the oracles with one more probe.</summary>
    public RunResult Run(RunSpec spec, IProbe probe, Seams? seams = null) =>
        Simulation.Run(spec, [probe, .. OracleCatalogue.All(spec)], seams, cancel);
}
