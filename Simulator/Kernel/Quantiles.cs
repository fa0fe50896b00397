using System;

namespace FlowSim.Kernel;

/// <summary>A distribution of whole numbers as a table of quantiles with linear interpolation in integers.</summary>
/// <remarks>
/// The table has <see cref="Bins"/> equal steps of probability; the last one is split again, so that the top
/// quantile reached is 1 − 1/<see cref="Bins"/>². No floating point takes part in a draw.
/// </remarks>
public sealed class Quantiles : IEquatable<Quantiles>
{
    /// <summary>Steps of probability in the body and again in the tail.</summary>
    public const int Bins = 1 << BinBits;

    private const int BinBits = 10;
    private const int FractionBits = 32;

    private readonly long[] body;
    private readonly long[] tail;

    private Quantiles(long[] body, long[] tail)
    {
        this.body = body;
        this.tail = tail;
        IsConstant = body[0] == tail[^1];
    }

    /// <summary>Always the same value; zero makes the step it describes free.</summary>
    public static Quantiles Constant(long value) => Of(_ => value);

    /// <summary>Equally likely over a closed range.</summary>
    public static Quantiles Uniform(long low, long high) => Of(p => low + p * (high - low));

    /// <summary>Exponential with the given mean, cut at the top quantile.</summary>
    public static Quantiles Exponential(long mean) => Of(p => -mean * DeterministicMath.Log(1 - p));

    /// <summary>Lognormal with the given median and the standard deviation of its logarithm.</summary>
    public static Quantiles Lognormal(long median, double sigma) => Of(p =>
        p <= 0 ? 0 : median * DeterministicMath.Exp(sigma * DeterministicMath.NormalQuantile(p)));

    /// <summary>Any distribution by its quantile function, which must not decrease.</summary>
    /// <param name="quantile">The value at a probability in [0, 1 − 1/Bins²].</param>
    /// <exception cref="ArgumentException">It decreases somewhere.</exception>
    public static Quantiles Of(Func<double, double> quantile)
    {
        double last = 1 - 1.0 / Bins;
        long[] body = new long[Bins];
        long[] tail = new long[Bins];
        for (int i = 0; i < Bins; i++)
        {
            body[i] = Whole(quantile((double)i / Bins));
            tail[i] = Whole(quantile(last + (double)i / (Bins * Bins)));
        }

        EnsureNeverFalls([.. body, .. tail]);
        return new Quantiles(body, tail);
    }

    /// <summary>True when every draw gives the same value, so that none need be made.</summary>
    public bool IsConstant { get; }

    /// <summary>The smallest value, and the only one of a constant.</summary>
    public long Least => body[0];

    /// <summary>The value of a 64-bit draw from <see cref="Luck"/>.</summary>
    public long Value(ulong draw)
    {
        int bin = (int)(draw >> (64 - BinBits));
        return bin < Bins - 1 ? Between(body[bin], body[bin + 1], FractionOf(draw)) : TailValue(draw << BinBits);
    }

    /// <summary>The table's numbers in order, for digests and equality.</summary>
    public ReadOnlySpan<long> Body => body;

    /// <inheritdoc cref="Body"/>
    public ReadOnlySpan<long> Tail => tail;

    public bool Equals(Quantiles? other) =>
        other is not null && Body.SequenceEqual(other.Body) && Tail.SequenceEqual(other.Tail);

    public override bool Equals(object? obj) => Equals(obj as Quantiles);

    public override int GetHashCode() => unchecked((int)(body[Bins / 2] * 31 + tail[^1]));

    private static void EnsureNeverFalls(long[] values)
    {
        for (int i = 1; i < values.Length; i++)
            if (values[i] < values[i - 1])
                throw new ArgumentException("a quantile function never falls", nameof(values));
    }

    private long TailValue(ulong draw)
    {
        int bin = Math.Min((int)(draw >> (64 - BinBits)), Bins - 2);
        return Between(tail[bin], tail[bin + 1], FractionOf(draw));
    }

    private static ulong FractionOf(ulong draw) => (draw >> (64 - BinBits - FractionBits)) & uint.MaxValue;

    private static long Between(long low, long high, ulong fraction) =>
        low + (long)Math.BigMul((ulong)(high - low), fraction << (64 - FractionBits), out _);

    private static long Whole(double value) => (long)Math.Floor(value + 0.5);
}
