using System;
using System.IO;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>A fault that begins when a run is over.</summary>
public sealed class MissedFaultTests
{
    /// <summary>Otherwise its figures would be read as those of a world with the fault.</summary>
    [TestCase("100h..101h", true)]
    [TestCase("0s..1s", false)]
    public void A_fault_that_comes_after_the_end_is_told(string during, bool isTold)
    {
        using Tiny tiny = new(Tiny.Text.Replace("    epoch:",
            $"    faults: [ {{ loss: 1%, during: {during} }} ]\n    epoch:", StringComparison.Ordinal));
        string error = tiny.Run("--seed", "1", "--set", "base").Error;
        string told = "never came: tiny, loss of line 7: 1 of 1 runs were over before 100h0m0s\n";
        Assert.That(error.Contains(told, StringComparison.Ordinal), Is.EqualTo(isTold), error);
        Assert.That(File.ReadAllText(Path.Combine(tiny.Derived, "summary.md")).Contains(told, StringComparison.Ordinal),
            Is.EqualTo(isTold));
    }
}
