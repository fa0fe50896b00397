using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FlowSim.Analysis.Metrics;
using FlowSim.Oracles;

namespace FlowSim.Scenarios.Validation;

/// <summary>Makes the runs of validation, several at a time and all under the oracles.</summary>
/// <param name="workers">Runs at a time; what comes out does not depend on it.</param>
/// <param name="cancel">Gives up.</param>
public sealed class Workbench(int workers, CancellationToken cancel)
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

    /// <summary>Does the same with every spec, in parallel.</summary>
    public T[] Each<T>(IReadOnlyList<RunSpec> specs, Func<RunSpec, T> work)
    {
        var results = new T[specs.Count];
        ParallelOptions several = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancel };
        try
        {
            Parallel.For(0, specs.Count, several, i => results[i] = work(specs[i]));
        }
        catch (AggregateException failed)
        {
            throw failed.Flatten().InnerExceptions.FirstOrDefault(e => e is not OperationCanceledException)
                ?? new OperationCanceledException();
        }

        return results;
    }

    /// <summary>One run under the oracles with one more probe.</summary>
    public RunResult Run(RunSpec spec, IProbe probe, Seams? seams = null) =>
        Simulation.Run(spec, [probe, .. OracleCatalogue.All(spec)], seams, cancel);
}
