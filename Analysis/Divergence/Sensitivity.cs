using System;
using FlowSim.Chain;

namespace FlowSim.Analysis.Divergence;

/// <summary>How probable a difference is, given what was exposed.</summary>
/// <remarks>
/// Rare sensitivities are never seen by counting: at one in ten million a whole year of runs shows none. Exposure is
/// common and well counted, and given k exposed chunks the probability of a difference is 1 − (1 − s)^k.
/// </remarks>
public static class Sensitivity
{
    private const double Billion = 1_000_000_000;

    /// <summary>The chance that a chunk comes out otherwise under one behaviour than under the other.</summary>
    public static double Between(Behaviour a, Behaviour b) =>
        a.Key == b.Key ? 0 : 1 - (1 - ChanceOf(a)) * (1 - ChanceOf(b));

    /// <summary>1 − (1 − s)^k, exact also where s is far below the spacing of numbers near 1.</summary>
    /// <param name="perChunk">s.</param>
    /// <param name="chunks">k.</param>
    public static double OfAny(double perChunk, long chunks) =>
        chunks == 0 ? 0 : OfAny(chunks * LogOfNone(perChunk));

    /// <summary>The same from the sum of <see cref="LogOfNone"/> over the chunks.</summary>
    public static double OfAny(double logOfNone)
    {
        if (logOfNone >= 0) return 0;
        // exp(x) - 1 loses what matters of a small x.
        if (logOfNone > -1e-5) return -logOfNone - logOfNone * logOfNone / 2;
        return 1 - Math.Exp(logOfNone);
    }

    /// <summary>What a chance of any difference would be at another sensitivity, exposure being the same.</summary>
    /// <param name="ofAny">1 − (1 − s)^k.</param>
    /// <param name="from">s, above 0 and below 1.</param>
    /// <param name="to">The other sensitivity.</param>
    public static double Scaled(double ofAny, double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(from, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, 1);
        if (ofAny <= 0 || to >= 1) return ofAny <= 0 ? 0 : 1;
        return OfAny(LogOfNone(ofAny) / LogOfNone(from) * LogOfNone(to));
    }

    /// <summary>ln(1 − s): adds up over chunks.</summary>
    public static double LogOfNone(double perChunk) => perChunk < 1e-5
        ? -perChunk - perChunk * perChunk / 2
        : Math.Log(1 - perChunk);

    private static double ChanceOf(Behaviour behaviour) =>
        behaviour.Key == 0 ? 0 : behaviour.SensitivityPerBillion / Billion;
}
