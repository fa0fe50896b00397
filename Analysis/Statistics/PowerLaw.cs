using System;
using System.Collections.Generic;
using MathNet.Numerics.Distributions;

namespace FlowSim.Analysis.Statistics;

/// <summary>How a cost grows with a size: least squares of log cost over log size.</summary>
public static class PowerLaw
{
    /// <summary>The exponent x of cost ~ size^x with Student's t interval over points; null below three.</summary>
    public static Estimate? Exponent(IReadOnlyList<(double Size, double Cost)> points)
    {
        int n = points.Count;
        if (n < 3) return null;
        (double meanX, double meanY) = (0, 0);
        foreach ((double size, double cost) in points)
        {
            meanX += Math.Log(size) / n;
            meanY += Math.Log(cost) / n;
        }

        (double xx, double xy, double yy) = (0, 0, 0);
        foreach ((double size, double cost) in points)
        {
            double x = Math.Log(size) - meanX;
            double y = Math.Log(cost) - meanY;
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }

        if (xx == 0) return null;
        double slope = xy / xx;
        double rest = Math.Max(0, yy - slope * xy);
        double quantile = StudentT.InvCDF(0, 1, n - 2, (1 + Estimate.Confidence) / 2);
        double half = quantile * Math.Sqrt(rest / (n - 2) / xx);
        return new Estimate(slope, slope - half, slope + half, "", n);
    }
}
