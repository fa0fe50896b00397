using System;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Divergence;

/// <summary>An execution node came to a result.</summary>
/// <param name="Node">The node.</param>
/// <param name="Facts">The result.</param>
/// <param name="At">When.</param>
/// <param name="IsExposed">Whether the node's behaviour for the block is not the specified one.</param>
/// <param name="Sealed">The sealed end of the block if a seal was final already.</param>
public readonly record struct Execution(
    int Node, ResultFacts Facts, SimTime At, bool IsExposed, Commitment? Sealed);

/// <summary>A verification node judged a chunk.</summary>
/// <param name="Node">The node.</param>
/// <param name="Facts">The result.</param>
/// <param name="Chunk">The chunk's place.</param>
/// <param name="IsApproved">Whether it approves; else it came to another end.</param>
/// <param name="At">When.</param>
/// <param name="IsExposed">Whether the node's behaviour for the block is not the specified one.</param>
public readonly record struct Verdict(
    int Node, ResultFacts Facts, int Chunk, bool IsApproved, SimTime At, bool IsExposed)
{
    /// <summary>Whether a node that behaves as specified would have judged otherwise.</summary>
    public bool IsWrong => IsApproved == Facts.IsWrongChunk(Chunk);
}

/// <summary>Counts one way in which an upgrade goes wrong, in one run.</summary>
public interface IOutcome
{
    /// <summary>How often it happened so far.</summary>
    long Count { get; }

    /// <summary>Anything that a node states.</summary>
    void On(Scene scene, in TraceEvent entry)
    {
    }

    /// <summary>A node executed a block, for the first time to this result.</summary>
    void Executed(Scene scene, in Execution execution)
    {
    }

    void Judged(Scene scene, in Verdict verdict)
    {
    }

    /// <summary>Nothing more comes to a block that anybody executed: it is long sealed, or the run is over.</summary>
    void Settled(Scene scene, BlockFacts block)
    {
    }

    /// <summary>The run is over; all blocks have settled.</summary>
    void End(Scene scene, SimTime at)
    {
    }
}

/// <summary>A kind of outcome.</summary>
/// <param name="Name">The name of its metric.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Meaning">The definition by which it is counted.</param>
/// <param name="Make">Begins to count in a run.</param>
public sealed record OutcomeKind(string Name, string Unit, string Meaning, Func<IOutcome> Make);
