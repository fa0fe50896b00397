using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Sealing;

/// <summary>Two seals for one block that contradict each other, both with what an honest seal needs.</summary>
public sealed record ExecutionForkEvidence(Seal Seal, Seal Other);

/// <summary>Looks for execution forks among the seals that could be made.</summary>
/// <remarks>
/// flow-go module/mempool/consensus/exec_fork_suppressor.go. Seals contradict each other when their results start or
/// end in different states. It looks only when somebody asks for a seal.
/// </remarks>
internal sealed class ForkSuppressor(SealingSpec spec, ResultTree results)
{
    private readonly List<(KnownResult One, KnownResult Other)> contested = [];

    /// <summary>Whether there is anything to look at.</summary>
    public bool IsIdle => contested.Count == 0;

    /// <summary>A seal for a result has become possible.</summary>
    public void Add(KnownResult candidate)
    {
        foreach (KnownResult other in results.At(candidate.Height))
        {
            if (other != candidate && other.IsCandidate && Contradict(candidate.Result, other.Result))
                contested.Add((other, candidate));
        }
    }

    /// <summary>The first contradiction among the seals that somebody asks for; null if there is none.</summary>
    /// <param name="isAskedFor">Which incorporated results are looked up.</param>
    /// <param name="lastFinal">The last final seal.</param>
    public ExecutionForkEvidence? Find(Predicate<IncorporatedResult> isAskedFor, Seal lastFinal)
    {
        foreach ((KnownResult one, KnownResult other) in contested)
        {
            if (!IsGrounded(one, lastFinal) || !IsGrounded(other, lastFinal)) continue;
            if ((IsOffered(one, isAskedFor) && Counts(other)) || (IsOffered(other, isAskedFor) && Counts(one)))
                return new ExecutionForkEvidence(one.Seal, other.Seal);
        }

        return null;
    }

    /// <summary>Forgets blocks up to a sealed height.</summary>
    public void Prune(Height lastSealed)
    {
        if (contested.Count > 0) contested.RemoveAll(pair => pair.One.Height <= lastSealed);
    }

    private bool IsOffered(KnownResult result, Predicate<IncorporatedResult> isAskedFor)
    {
        if (result.Receipts.Count < spec.RequiredExecutors) return false;
        foreach (IncorporatedResult incorporation in result.Incorporations)
        {
            if (incorporation.IsSealable && isAskedFor(incorporation)) return true;
        }

        return false;
    }

    private bool Counts(KnownResult result) =>
        spec.ForkRule == ForkRule.PreFix || result.Receipts.Count >= spec.RequiredExecutors;

    /// <summary>Whether a result counts as approved although one that it builds on may not be.</summary>
    private bool IsGrounded(KnownResult result, Seal lastFinal)
    {
        if (spec.DescendantApproval) return true;
        ExecutionResult at = result.Result;
        while (at.PreviousId != lastFinal.Result.Id)
        {
            if (results.Find(at.PreviousId) is not { IsCandidate: true } previous) return false;
            at = previous.Result;
        }

        return true;
    }

    private static bool Contradict(ExecutionResult one, ExecutionResult other) =>
        one.BlockId == other.BlockId && (one.Start != other.Start || one.End != other.End);
}
