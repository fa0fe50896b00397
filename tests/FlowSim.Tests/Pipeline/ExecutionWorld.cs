using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Oracles;

namespace FlowSim.Tests.Pipeline;

/// <summary>A small world that orders, executes and verifies, with made-up collections and without seals.</summary>
internal static class ExecutionWorld
{
    private const int Views = 60;

    /// <summary>20 ms apart, half a second per block to execute, a tenth per chunk to verify.</summary>
    public static RunSpec Spec { get; } = Some.World(4, views: Views) with
    {
        Nodes = SomeChain.Nodes,
        Processing = Some.FreeProcessing with
        {
            ExecuteBlock = Quantiles.Constant(500_000_000), VerifyChunk = Quantiles.Constant(100_000_000),
        },
        Pipeline = new PipelineSpec { Workload = new Workload { CallsPerThousandSeconds = 0 } },
    };

    public static RunSpec With(params NodeFault[] faults) => Spec with { NodeFaults = faults };

    public static RunSpec With(params Deviation[] deviations) =>
        Spec with { Pipeline = Spec.Pipeline! with { Deviations = deviations } };

    public static NodeSet Set(params int[] nodes) => new(SomeChain.Nodes.Length, nodes);

    /// <summary>Runs under all oracles.</summary>
    /// <param name="spec">The world.</param>
    /// <param name="planted">What becomes of an execution node's engine.</param>
    public static List<TraceEvent> Run(RunSpec spec, Func<IEngine, IEngine>? planted = null)
    {
        var heard = new List<TraceEvent>();
        Simulation.Run(spec, [.. OracleCatalogue.All(spec), new Listener(heard.Add)], Seams(planted));
        return heard;
    }

    public static Seams Seams(Func<IEngine, IEngine>? planted = null) => FlowSim.Seams.Default with
    {
        Engine = (start, engine) => start.Roster.RoleOf(start.Self) switch
        {
            Role.Consensus => new StubConsensus(start.Roster.Of(Role.Collection)),
            Role.Collection => new StubConsensus.Collector(),
            Role.Execution when planted is not null => planted(engine!),
            _ => engine,
        },
    };

    public static IEnumerable<(TraceEvent At, T Notice)> Of<T>(this IEnumerable<TraceEvent> heard)
        where T : Notice => heard.Where(e => e.Notice is T).Select(e => (e, (T)e.Notice));
}
