using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Verifying;

/// <summary>What a verification node has written when its process dies: its chunk queue survives.</summary>
/// <param name="Files">The results that it knows.</param>
/// <param name="Unfinished">Assigned chunks without a verdict.</param>
/// <param name="LastSeal">The newest finalized seal.</param>
internal sealed record VerificationDisk(
    IReadOnlyList<ResultFile> Files, IReadOnlyList<(ExecutionResult Result, int Chunk)> Unfinished, Seal LastSeal)
{
    /// <summary>What is there before a node first starts.</summary>
    public static VerificationDisk Bootstrapped(Seal ofRoot) => new([], [], ofRoot);
}
