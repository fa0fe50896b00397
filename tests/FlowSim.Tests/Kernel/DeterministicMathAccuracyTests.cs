using System;
using CsCheck;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>The platform-free functions are as accurate as the platform's.</summary>
public sealed class DeterministicMathAccuracyTests
{
    [Test]
    public void The_logarithm_is_within_two_units_in_the_last_place() =>
        Gen.Double[-300, 300].Sample(e =>
            Close(Math.Log(Math.Pow(10, e)), DeterministicMath.Log(Math.Pow(10, e))));

    [Test]
    public void The_exponential_is_within_two_units_in_the_last_place() =>
        Gen.Double[-690, 690].Sample(x => Close(Math.Exp(x), DeterministicMath.Exp(x)));

    [Test]
    public void The_logarithm_keeps_its_accuracy_near_one() =>
        Gen.Double[0.9, 1.1].Sample(x => Close(Math.Log(x), DeterministicMath.Log(x)));

    private static bool Close(double expected, double actual)
    {
        long apart = BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual);
        return expected == actual || Math.Abs(apart) <= 2;
    }
}
