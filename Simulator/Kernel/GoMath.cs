using System;

namespace FlowSim.Kernel;

/// <summary>Arithmetic in which Go on amd64 differs from the platform's.</summary>
/// <remarks>
/// Go's math.Pow multiplies split fractions instead of calling libm, and its float-to-integer conversions are
/// the processor's. flow-go's timeouts and block times inherit both, down to the last bit.
/// </remarks>
public static class GoMath
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>x to a whole, non-negative power as Go's math.Pow computes it, for a positive normal
    /// x.</summary>
    public static double Pow(double x, long exponent)
    {
        if (!(x >= 2.2250738585072014e-308) || double.IsInfinity(x))
            throw new ArgumentOutOfRangeException(nameof(x), "a finite positive number is needed");
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        if (exponent == 1) return x;

        (double square, int squareExponent) = DeterministicMath.SplitExponent(x);
        double product = 1;
        long productExponent = 0;
        long weight = squareExponent;
        for (long left = exponent; left != 0; left >>= 1)
        {
            if (Math.Abs(weight) > 1 << 12)
            {
                productExponent += weight;
                break;
            }

            if ((left & 1) != 0)
            {
                product *= square;
                productExponent += weight;
            }

            square *= square;
            weight <<= 1;
            if (square < 0.5)
            {
                square += square;
                weight--;
            }
        }

        return Scale(product, productExponent);
    }

    /// <summary>Truncation to a signed integer; what does not fit becomes the smallest one.</summary>
    public static long ToInt64(double x) => x >= -TwoTo63 && x < TwoTo63 ? (long)x : long.MinValue;

    /// <summary>Truncation to an unsigned integer; a negative number wraps around.</summary>
    public static ulong ToUInt64(double x) => unchecked(
        x < TwoTo63 ? (ulong)ToInt64(x) : (ulong)ToInt64(x - TwoTo63) ^ (1UL << 63));

    private static double Scale(double product, long exponent)
    {
        if (exponent > 2000) return double.PositiveInfinity;
        if (exponent < -2000) return 0;

        // Results near the ends of the range take their one rounding in the last step.
        if (exponent > 900)
            return DeterministicMath.ScaleByPowerOfTwo(product, 900) * Power((int)exponent - 900);
        if (exponent < -900)
            return DeterministicMath.ScaleByPowerOfTwo(product, -900) * Power((int)exponent + 900);
        return DeterministicMath.ScaleByPowerOfTwo(product, (int)exponent);
    }

    private static double Power(int exponent) => exponent switch
    {
        > 1023 => double.PositiveInfinity,
        < -1022 => 0,
        _ => DeterministicMath.ScaleByPowerOfTwo(1, exponent),
    };
}
