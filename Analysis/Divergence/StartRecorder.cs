using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Divergence;

/// <summary>Every start of a process with what came of it until the node's next one.</summary>
/// <remarks>
/// A process that is wrong stays on record as wrong until its node is right again, also when a later process finds it.
/// </remarks>
public sealed class StartRecorder(Scene scene)
{
    /// <summary>Below that many heights behind, synchronisation is silent (module/chainsync, Tolerance).</summary>
    private const ulong Near = 10;

    private readonly List<OpenStart> all = [];
    private readonly OpenStart?[] current = new OpenStart?[scene.Run.Nodes.Count];
    private readonly OpenStart?[] wrong = new OpenStart?[scene.Run.Nodes.Count];
    private readonly bool[] hasWrongState = new bool[scene.Run.Nodes.Count];
    private readonly int?[] before = new int?[scene.Run.Nodes.Count];
    private readonly StopCause?[] causes = new StopCause?[scene.Run.Nodes.Count];
    private readonly bool[] isRestored = new bool[scene.Run.Nodes.Count];
    private readonly bool[] isOfDiverged = new bool[scene.Run.Nodes.Count];
    private readonly Dictionary<ResultId, List<OpenStart>> misjudged = [];

    /// <summary>Blocks executed and chunks judged by all processes.</summary>
    public long Processed { get; private set; }

    /// <summary>What came of every start, in the order of starts.</summary>
    public IReadOnlyList<ProcessStart> Closed() => all.ConvertAll(start => start.Closed());

    internal void On(int node, Notice notice, SimTime at)
    {
        switch (notice)
        {
            case Notice.Runs runs:
                Begin(node, runs, at);
                break;
            case Notice.Bootstrapped { Head.Height: var head } when current[node] is { } open:
                int? earlier = head == scene.Root?.Height ? before[node] : null;
                open.Becomes(StartOf(node, new StartFacts(earlier, scene.ImageOf(node), head, null, false, true), at));
                break;
            case Notice.Sporked:
                Array.Clear(hasWrongState);
                break;
            case Notice.Ending { Cause: var cause }:
                causes[node] = cause;
                break;
            case Notice.Restored:
                isRestored[node] = true;
                hasWrongState[node] = isOfDiverged[node] = false;
                break;
            case Notice.Cloned { From: var from }:
                hasWrongState[node] = isOfDiverged[node] = hasWrongState[from.Index];
                break;
            case Notice.Diverged:
                wrong[node]?.Detected(at, Detector.Checker);
                break;
            case Notice.StateMismatch:
                wrong[node]?.Detected(at, Detector.StateMismatch);
                break;
        }
    }

    internal void Executed(in Execution execution)
    {
        Processed++;
        (int node, ResultFacts facts) = (execution.Node, execution.Facts);
        hasWrongState[node] = facts.IsWrong;
        if (current[node] is not { } open) return;
        if (execution.IsExposed)
            open.Exposed(facts.Result.BlockId, facts.Result.Chunks.Count, ChanceOf(node, facts));
        if (!facts.IsWrong)
        {
            open.Right(facts.Result.Height, execution.At);
            wrong[node]?.Right(facts.Result.Height, execution.At);
            if (wrong[node] is { IsWrong: false }) wrong[node] = null;
        }
        else if (facts.IsHeir) open.Inherited();
        else
        {
            open.Manifest(facts.Result.Height, execution.At);
            wrong[node] ??= open;
            if (IsFound(facts)) wrong[node]!.Detected(execution.At, Detector.ChunkFault);
        }
    }

    internal void Judged(in Verdict verdict)
    {
        Processed++;
        (int node, ResultFacts facts) = (verdict.Node, verdict.Facts);
        if (current[node] is { } open)
        {
            if (verdict.IsExposed) open.Exposed(facts.Result.BlockId, 1, ChanceOf(node, facts));
            if (verdict.IsWrong)
            {
                open.Manifest(facts.Result.Height, verdict.At);
                if (!misjudged.TryGetValue(facts.Result.Id, out List<OpenStart>? by))
                    misjudged.Add(facts.Result.Id, by = []);
                by.Add(open);
                if (IsFound(facts)) open.Detected(verdict.At, Detector.ChunkFault);
            }
        }

        if (verdict is { IsApproved: false, IsWrong: false }) Found(facts, Detector.ChunkFault, verdict.At);
    }

    /// <summary>Somebody found out about a result.</summary>
    internal void Found(ResultFacts facts, Detector by, SimTime at)
    {
        if (!facts.IsWrong) return;
        foreach (int node in facts.Executors) wrong[node]?.Detected(at, by);
        if (!misjudged.TryGetValue(facts.Result.Id, out List<OpenStart>? verifiers)) return;
        foreach (OpenStart verifier in verifiers) verifier.Detected(at, by);
    }

    internal void Settled(BlockFacts block)
    {
        foreach (ResultFacts facts in block.Results) misjudged.Remove(facts.Result.Id);
    }

    private void Begin(int node, Notice.Runs runs, SimTime at)
    {
        before[node] = current[node] is null ? null : scene.ImageOf(node);
        var facts = new StartFacts(before[node], runs.Image, runs.Head, causes[node], isRestored[node], false,
            isOfDiverged[node]);
        var open = new OpenStart(StartOf(node, facts, at), hasWrongState[node]);
        all.Add(open);
        current[node] = open;
        if (isOfDiverged[node])
        {
            open.Inherits(runs.Head, at);
            wrong[node] = open;
        }

        (causes[node], isRestored[node], isOfDiverged[node]) = (null, false, false);
    }

    private ProcessStart StartOf(int node, in StartFacts facts, SimTime at)
    {
        bool isRejoin = facts.IsBootstrapped
            || (facts.Before is not null && facts.Head.Value + Near <= scene.Final.Value);
        return new ProcessStart(Rejoins.Of(in facts, scene.Triggers(), scene.Specification), node, scene.RoleOf(node),
            facts.Image, at.TotalSeconds, facts.Head.Value, isRejoin) { IsNew = facts.Before is null };
    }

    private double ChanceOf(int node, ResultFacts facts) =>
        Sensitivity.Between(scene.BehaviourOf(node, facts.Result.State), facts.Specified);

    private static bool IsFound(ResultFacts facts)
    {
        for (int chunk = 0; chunk < facts.Faults.Length; chunk++)
        {
            if (facts.Faults[chunk] > 0 && facts.IsWrongChunk(chunk)) return true;
        }

        return false;
    }
}
