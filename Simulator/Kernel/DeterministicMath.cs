using System;

namespace FlowSim.Kernel;

/// <summary>Logarithm, exponential and the normal quantile from + − × ÷ and bit moves only.</summary>
/// <remarks>
/// The platform's own differ in the last bit between processors. Log follows fdlibm's e_log.c, exp its e_exp.c
/// (coefficients and scheme as published by Sun Microsystems, see NOTICE), both within one unit in the last place;
/// Go's math.Log uses the same scheme, which is why the pacemaker's largest exponent agrees bit for bit.
/// </remarks>
public static class DeterministicMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Natural logarithm of a finite, positive, normal number.</summary>
    public static double Log(double x)
    {
        if (!(x >= 2.2250738585072014e-308) || double.IsInfinity(x))
            throw new ArgumentOutOfRangeException(nameof(x), "a finite positive number is needed");

        (double fraction, int exponent) = SplitExponent(x);
        if (fraction < 0.70710678118654752440)
        {
            fraction *= 2;
            exponent--;
        }

        double f = fraction - 1;
        double k = exponent;
        double s = f / (2 + f);
        double s2 = s * s;
        double s4 = s2 * s2;
        double odd = s2 * (6.666666666666735130e-01 + s4 * (2.857142874366239149e-01
            + s4 * (1.818357216161805012e-01 + s4 * 1.479819860511658591e-01)));
        double even = s4 * (3.999999999940941908e-01 + s4 * (2.222219843214978396e-01
            + s4 * 1.531383769920937332e-01));
        double half = 0.5 * f * f;
        return k * Ln2High - ((half - (s * (half + (odd + even)) + k * Ln2Low)) - f);
    }

    /// <summary>e to the power x, for |x| below 700.</summary>
    public static double Exp(double x)
    {
        if (!(Math.Abs(x) < 700)) throw new ArgumentOutOfRangeException(nameof(x), "|x| must be below 700");

        int k = (int)(1.44269504088896338700 * x + (x < 0 ? -0.5 : 0.5));
        double high = x - k * Ln2High;
        double low = k * Ln2Low;
        double r = high - low;
        double t = r * r;
        double c = r - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03
            + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
        double y = 1 - ((low - (r * c) / (2 - c)) - high);
        return ScaleByPowerOfTwo(y, k);
    }

    /// <summary>The standard normal quantile (Acklam's rational approximation, relative error below 1.2e-9).</summary>
    public static double NormalQuantile(double p)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p), "a probability between 0 and 1");
        if (p > 0.5) return -NormalQuantile(1 - p);

        if (p < 0.02425)
        {
            double q = Math.Sqrt(-2 * Log(p));
            return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q
                    - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783)
                / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q
                    + 3.754408661907416) * q + 1);
        }

        double d = p - 0.5;
        double r = d * d;
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239) * d
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1);
    }

    /// <summary>x = fraction · 2^exponent with the fraction in [0.5, 1), for a positive normal number.</summary>
    public static (double Fraction, int Exponent) SplitExponent(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1022;
        return (BitConverter.Int64BitsToDouble((bits & ~(0x7FFL << 52)) | (1022L << 52)), exponent);
    }

    /// <summary>x · 2^exponent for results that stay normal.</summary>
    public static double ScaleByPowerOfTwo(double x, int exponent)
    {
        while (exponent > 1000)
        {
            x *= BitConverter.Int64BitsToDouble((1023L + 1000) << 52);
            exponent -= 1000;
        }

        while (exponent < -1000)
        {
            x *= BitConverter.Int64BitsToDouble((1023L - 1000) << 52);
            exponent += 1000;
        }

        return x * BitConverter.Int64BitsToDouble((1023L + exponent) << 52);
    }
}
