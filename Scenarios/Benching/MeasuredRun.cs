using System;
using System.Collections.Generic;
using System.Threading;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Oracles;

namespace FlowSim.Scenarios.Benching;

/// <summary>Makes one run as <c>flowsim run</c> would, and says what it cost.</summary>
public static class MeasuredRun
{
    /// <summary>Runs a world on this thread while nothing else does.</summary>
    /// <param name="spec">The world.</param>
    /// <param name="isWatched">Whether the oracles watch; the metrics are taken either way.</param>
    /// <param name="cancel">Gives up.</param>
    public static Reading Of(RunSpec spec, bool isWatched, CancellationToken cancel)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var witness = new Witness();
        TimeSpan begun = Environment.CpuUsage.TotalTime;
        RunResult result = Run(spec, isWatched, witness, cancel);
        double cpu = (Environment.CpuUsage.TotalTime - begun - witness.OwnCost).TotalSeconds;
        return new Reading(cpu, result.ByKind, result.Events, witness.Decisions, result.EndedAt.TotalSeconds,
            witness.Memory);
    }

    /// <summary>The run alone, for measurements of several at a time.</summary>
    public static RunResult Run(RunSpec spec, bool isWatched, IProbe? more, CancellationToken cancel)
    {
        var observer = new RunObserver(new RunKey("bench", "bench", spec.Seed), spec, 0);
        List<IProbe> probes = [observer];
        if (isWatched) probes.AddRange(OracleCatalogue.All(spec));
        if (more is not null) probes.Add(more);
        RunResult result = Simulation.Run(spec, probes, cancel: cancel);
        observer.Measure(result);
        return result;
    }

    /// <summary>Counts decisions and looks at the memory now and then.</summary>
    private sealed class Witness : IProbe
    {
        private const long Every = 64;

        private long managed;
        private long resident;
        private long live;

        public long Decisions { get; private set; }

        /// <summary>What the collection at the end took: it is not the run's.</summary>
        public TimeSpan OwnCost { get; private set; }

        public MemoryReading Memory => new(managed, live, resident);

        public void On(in TraceEvent entry)
        {
            if (entry.Notice is not Notice.Finalized { Block.Height.Value: var height }
                || (long)height <= Decisions) return;
            Decisions = (long)height;
            if (Decisions % Every == 0) Look();
        }

        public void End(SimTime at)
        {
            Look();
            TimeSpan begun = Environment.CpuUsage.TotalTime;
            live = GC.GetTotalMemory(forceFullCollection: true);
            OwnCost = Environment.CpuUsage.TotalTime - begun;
        }

        private void Look()
        {
            managed = Math.Max(managed, GC.GetTotalMemory(forceFullCollection: false));
            resident = Math.Max(resident, Environment.WorkingSet);
        }
    }
}
