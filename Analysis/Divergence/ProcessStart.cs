using FlowSim.Chain;

namespace FlowSim.Analysis.Divergence;

/// <summary>Who finds a wrong execution.</summary>
public enum Detector : byte
{
    Nobody,

    /// <summary>The node itself, which holds its state against the sealed one and ends.</summary>
    Checker,

    /// <summary>A verification node that comes to another end: it says so in its own log only.</summary>
    ChunkFault,

    /// <summary>A consensus node with two contradicting seals.</summary>
    Suppressor,

    /// <summary>The node, which comes to another protocol state than a block commits to.</summary>
    StateMismatch,
}

/// <summary>A start of a process and what came of it until the node's next one.</summary>
/// <param name="Class">The situation.</param>
/// <param name="Node">Index into the population.</param>
/// <param name="Role">The node's role.</param>
/// <param name="Image">The number of the image.</param>
/// <param name="StartedAtSeconds">When.</param>
/// <param name="Head">The last height that the node had finalized.</param>
/// <param name="IsRejoin">Whether it was behind by ten heights or more, or new.</param>
public sealed record ProcessStart(
    RejoinClass Class, int Node, Role Role, int Image, double StartedAtSeconds, ulong Head, bool IsRejoin)
{
    /// <summary>Blocks that it executed or judged by another behaviour than the specified one.</summary>
    public long ExposedBlocks { get; init; }

    /// <summary>Chunks of them, on a history that was right when the process started.</summary>
    public long ExposedChunks { get; init; }

    /// <summary>The probability that any of those chunks comes out otherwise, given their number.</summary>
    public double ManifestChance { get; init; }

    /// <summary>Height of the first block that came out otherwise, of a right history; null when none did. A clone of a
    /// diverged node has the head with which it began.</summary>
    public ulong? ManifestHeight { get; init; }

    /// <summary>When it did; not a number when none did.</summary>
    public double ManifestAtSeconds { get; init; } = double.NaN;

    /// <summary>Blocks that are wrong only because their history is.</summary>
    public long Heirs { get; init; }

    /// <summary>When it was first found; not a number when it was not.</summary>
    public double DetectedAtSeconds { get; init; } = double.NaN;

    /// <summary>Who found it first.</summary>
    public Detector By { get; init; }

    /// <summary>When the node itself found it; not a number when it did not.</summary>
    public double CheckedAtSeconds { get; init; } = double.NaN;

    /// <summary>When the node was right again at that height or above; not a number when it was not.</summary>
    public double RepairedAtSeconds { get; init; } = double.NaN;

    /// <summary>Whether it is a new node, with a snapshot or at the root.</summary>
    public bool IsNew { get; init; }

    public bool IsExposed => ExposedBlocks > 0;

    public bool IsManifest => ManifestHeight is not null;

    public bool IsUndetected => IsManifest && By == Detector.Nobody;
}
