using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Divergence;

/// <summary>Records who is exposed to a wrong behaviour, where it shows, who finds it and what it costs; a part of
/// <see cref="RunObserver"/> in runs with an upgrade.</summary>
/// <remarks>
/// Exposure and outcome are apart: exposed is who runs another behaviour than the specified one on a block, whatever
/// comes of it. Outcomes are read from state commitments, never from versions.
/// </remarks>
public sealed class DivergenceObserver
{
    /// <summary>Heights below the newest sealed one where nothing more is expected to be said of a block.</summary>
    private const ulong Settling = 200;

    private readonly Scene scene;
    private readonly StartRecorder starts;
    private readonly VersionAnswers answers;
    private readonly IOutcome[] outcomes;
    private readonly IReadOnlyList<OutcomeKind> kinds;
    private readonly Dictionary<BlockId, BlockFacts> blocks = [];
    private readonly Dictionary<ResultId, ResultFacts> results = [];
    private readonly Dictionary<BlockId, (ResultId Result, Commitment End)> seals = [];
    private readonly Queue<BlockFacts> open = new();
    private readonly SimTime?[] upSince;
    private double nodeSeconds;
    private SimTime end;

    /// <param name="run">The run; it has an upgrade.</param>
    /// <param name="kinds">What is counted; null for everything.</param>
    public DivergenceObserver(RunSpec run, IReadOnlyList<OutcomeKind>? kinds = null)
    {
        this.kinds = kinds ?? OutcomeCatalogue.All;
        scene = new Scene(run);
        starts = new StartRecorder(scene);
        answers = new VersionAnswers(run);
        upSince = new SimTime?[run.Nodes.Count];
        outcomes = new IOutcome[this.kinds.Count];
        for (int i = 0; i < outcomes.Length; i++) outcomes[i] = this.kinds[i].Make();
    }

    /// <summary>Every start and what came of it, in order.</summary>
    public IReadOnlyList<ProcessStart> Starts => starts.Closed();

    /// <summary>Those of them that are no first starts, or exposed.</summary>
    public IReadOnlyList<ProcessStart> Notable
    {
        get
        {
            List<ProcessStart> notable = [.. Starts];
            notable.RemoveAll(start => start.Class == RejoinClass.First && !start.IsExposed);
            return notable;
        }
    }

    /// <summary>How often an outcome happened.</summary>
    public long CountOf(OutcomeKind kind)
    {
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (ReferenceEquals(kinds[i], kind)) return outcomes[i].Count;
        }

        throw new KeyNotFoundException(kind.Name);
    }

    /// <summary>Nodes that are up and run an image older than a change which a final block has been beyond for a
    /// minute.</summary>
    public int Outdated { get; private set; }

    /// <summary>Share of questions after the version of an old block without one agreed answer; null without any.
    /// </summary>
    public double? Ambiguity { get; private set; }

    /// <summary>What the network lost.</summary>
    public Availability Availability => scene.Availability;

    /// <summary>A node of any role states something.</summary>
    public void On(in TraceEvent entry)
    {
        int node = entry.Node.Index;
        Take(node, entry.Notice, entry.At);
        foreach (IOutcome outcome in outcomes) outcome.On(scene, in entry);
    }

    public void End(SimTime at)
    {
        end = at;
        Outdated = scene.OutdatedNodes(at);
        Ambiguity = answers.Ambiguity(scene.Sealed, scene.IsUp);
        while (open.TryDequeue(out BlockFacts? block)) Settle(block);
        foreach (IOutcome outcome in outcomes) outcome.End(scene, at);
        for (int node = 0; node < upSince.Length; node++) Down(node, at);
    }

    public void Report(MetricSheet sheet) => DivergenceMetrics.Report(sheet, this, new Denominators(
        starts.Processed, scene.Passed, nodeSeconds / 3_600), end);

    private void Take(int node, Notice notice, SimTime at)
    {
        switch (notice)
        {
            case Notice.Started:
                scene.Up(node);
                upSince[node] = at;
                break;
            case Notice.Stopped:
                scene.Down(node);
                Down(node, at);
                break;
            case Notice.Finalized { Block: var block } when block.Height > scene.Final:
                Finalized(block, at);
                break;
            case Notice.Sporked spork:
                BeginAnew(spork, at);
                break;
            case Notice.Executed { Result: var result }:
                Executed(node, result, at);
                break;
            case Notice.Approved { Approval: var approval }:
                Judged(node, approval.ResultId, approval.Chunk, isApproved: true, at);
                break;
            case Notice.ChunkFault fault:
                Judged(node, fault.ResultId, fault.Chunk.Index, isApproved: false, at);
                break;
            case Notice.ExecutionFork fork:
                Forked(fork.Seal, at);
                Forked(fork.Other, at);
                break;
            case Notice.ScriptAnswered script:
                scene.Availability.Answered(script.State, scene.Lineage.EndOf(script.BlockId));
                break;
        }

        answers.On(node, notice);
        starts.On(node, notice, at);
        if (notice is Notice.Runs runs) scene.Runs(node, runs.Image);
    }

    private void Finalized(Block block, SimTime at)
    {
        scene.Finalized(block, at);
        if (block.Payload is not Payload.Main payload) return;
        foreach (Seal seal in payload.Seals)
        {
            scene.SealFinalized(seal, block, at);
            Take(seal);
        }

        while (open.TryPeek(out BlockFacts? oldest) && oldest.Height.Value + Settling <= scene.Sealed.Value)
            Settle(open.Dequeue());
    }

    /// <summary>What was executed above the new root's last seal counts no more: it is executed anew.</summary>
    private void BeginAnew(Notice.Sporked spork, SimTime at)
    {
        scene.BegunAnew(spork, at);
        foreach (Seal seal in ((Payload.Main)spork.Root.Payload!).Seals) Take(seal);
        for (int left = open.Count; left > 0; left--)
        {
            BlockFacts block = open.Dequeue();
            if (block.Height < spork.FirstExecuted)
            {
                open.Enqueue(block);
                continue;
            }

            blocks.Remove(block.Id);
            scene.Lineage.Forget(block.Id);
            foreach (ResultFacts facts in block.Results) results.Remove(facts.Result.Id);
        }
    }

    private void Take(Seal seal)
    {
        seals[seal.BlockId] = (seal.Result.Id, seal.Result.End);
        if (blocks.TryGetValue(seal.BlockId, out BlockFacts? facts)) facts.Sealed = seal.Result.Id;
    }

    private void Executed(int node, ExecutionResult result, SimTime at)
    {
        ResultFacts facts = FactsOf(result);
        bool isSealed = seals.TryGetValue(result.BlockId, out (ResultId, Commitment End) seal);
        if (!facts.Executors.Contains(node)) facts.Executors.Add(node);
        if (!isSealed && !facts.LiveExecutors.Contains(node)) facts.LiveExecutors.Add(node);
        scene.HasExecuted(result.Height);
        scene.Availability.Executed(node, result.Height, at);
        var execution = new Execution(node, facts, at,
            scene.BehaviourOf(node, result.State).Key != facts.Specified.Key, isSealed ? seal.End : null);
        starts.Executed(in execution);
        foreach (IOutcome outcome in outcomes) outcome.Executed(scene, in execution);
    }

    /// <remarks>A settled block that is executed once more gets facts that nobody keeps.</remarks>
    private ResultFacts FactsOf(ExecutionResult result)
    {
        if (results.TryGetValue(result.Id, out ResultFacts? known)) return known;
        bool isNew = scene.Lineage.EndOf(result.BlockId) is null;
        ResultFacts facts = scene.Lineage.Hold(result);
        if (!blocks.TryGetValue(result.BlockId, out BlockFacts? block))
        {
            if (!isNew) return facts;
            block = new BlockFacts(result.BlockId, result.Height);
            if (seals.TryGetValue(result.BlockId, out (ResultId Result, Commitment) seal)) block.Sealed = seal.Result;
            blocks.Add(block.Id, block);
            open.Enqueue(block);
        }

        block.Results.Add(facts);
        results.Add(result.Id, facts);
        return facts;
    }

    private void Judged(int node, ResultId result, int chunk, bool isApproved, SimTime at)
    {
        if (!results.TryGetValue(result, out ResultFacts? facts)) return;
        var verdict = new Verdict(node, facts, chunk, isApproved, at,
            scene.BehaviourOf(node, facts.Result.State).Key != facts.Specified.Key);
        starts.Judged(in verdict);
        (isApproved ? facts.Approvals : facts.Faults)[chunk]++;
        foreach (IOutcome outcome in outcomes) outcome.Judged(scene, in verdict);
    }

    private void Forked(Seal seal, SimTime at)
    {
        if (results.TryGetValue(seal.Result.Id, out ResultFacts? facts)) starts.Found(facts, Detector.Suppressor, at);
    }

    private void Settle(BlockFacts block)
    {
        foreach (IOutcome outcome in outcomes) outcome.Settled(scene, block);
        starts.Settled(block);
        blocks.Remove(block.Id);
        foreach (ResultFacts facts in block.Results) results.Remove(facts.Result.Id);
    }

    private void Down(int node, SimTime at)
    {
        if (upSince[node] is { } since) nodeSeconds += (at - since).TotalSeconds;
        upSince[node] = null;
    }
}
