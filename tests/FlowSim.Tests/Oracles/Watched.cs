using System;
using FlowSim.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>Runs under one oracle, which is to break; and under all, which are to be silent.</summary>
internal static class Watched
{
    /// <summary>The line with which one oracle alone ends a run.</summary>
    public static string Break(string oracle, RunSpec spec, Seams planted)
    {
        Panel alone = OracleCatalogue.Watching(spec, id => id.Equals(oracle, StringComparison.Ordinal));
        InvariantViolation? broken =
            Assert.Throws<InvariantViolation>(() => Simulation.Run(spec, [alone], planted));
        Assert.That(broken!.Message, Does.StartWith(oracle + " at ").And.Contain(", but "));
        Assert.That(broken.Message, Does.Not.Contain('\n'));
        return broken.Message;
    }

    /// <summary>Runs under all oracles.</summary>
    public static RunResult Silently(RunSpec spec) => Simulation.Run(spec, OracleCatalogue.All(spec));
}
