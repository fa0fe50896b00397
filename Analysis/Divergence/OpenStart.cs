using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Divergence;

/// <summary>A start of a process while its consequences are still being gathered.</summary>
/// <param name="start">What is known from the beginning.</param>
/// <param name="hasWrongHistory">Whether the node's state was wrong already.</param>
internal sealed class OpenStart(ProcessStart start, bool hasWrongHistory)
{
    private readonly HashSet<BlockId> blocks = [];
    private long chunks;
    private double logOfNone;
    private (ulong Height, SimTime At)? manifest;
    private long heirs;
    private (SimTime At, Detector By)? detected;
    private SimTime? checkedAt;
    private SimTime? repairedAt;
    private bool hasWrongHistory = hasWrongHistory;

    /// <summary>Whether it came to something wrong and is not right again.</summary>
    public bool IsWrong => manifest is not null && repairedAt is null;

    /// <summary>Chunks of a block are executed or judged by a behaviour that is not the specified one.</summary>
    /// <param name="block">The block.</param>
    /// <param name="count">How many chunks.</param>
    /// <param name="perChunk">The chance that one comes out otherwise.</param>
    public void Exposed(BlockId block, int count, double perChunk)
    {
        blocks.Add(block);
        if (hasWrongHistory) return;
        chunks += count;
        logOfNone += count * Sensitivity.LogOfNone(perChunk);
    }

    /// <summary>Something came out otherwise than specified, the node's history being right.</summary>
    public void Manifest(Height height, SimTime at) => manifest ??= (height.Value, at);

    /// <summary>It begins with another node's wrong state, so that it is wrong with nothing executed.</summary>
    public void Inherits(Height head, SimTime at)
    {
        manifest = (head.Value, at);
        logOfNone = double.NegativeInfinity;
    }

    /// <summary>A block came out otherwise for the history that it builds on.</summary>
    public void Inherited() => heirs++;

    public void Detected(SimTime at, Detector by)
    {
        detected ??= (at, by);
        if (by == Detector.Checker) checkedAt ??= at;
    }

    /// <summary>The node executed a block as specified on a right history.</summary>
    public void Right(Height height, SimTime at)
    {
        hasWrongHistory = false;
        if (manifest is { } first && height.Value >= first.Height) repairedAt ??= at;
    }

    /// <summary>A new node turns out to begin at a snapshot.</summary>
    public void Becomes(ProcessStart other) => start = other;

    /// <summary>All that has been gathered.</summary>
    public ProcessStart Closed() => start with
    {
        ExposedBlocks = blocks.Count,
        ExposedChunks = chunks,
        ManifestChance = Sensitivity.OfAny(logOfNone),
        ManifestHeight = manifest?.Height,
        ManifestAtSeconds = manifest?.At.TotalSeconds ?? double.NaN,
        Heirs = heirs,
        DetectedAtSeconds = detected?.At.TotalSeconds ?? double.NaN,
        By = detected?.By ?? Detector.Nobody,
        CheckedAtSeconds = checkedAt?.TotalSeconds ?? double.NaN,
        RepairedAtSeconds = repairedAt?.TotalSeconds ?? double.NaN,
    };
}
