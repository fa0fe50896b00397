using System;
using System.Globalization;
using System.Threading;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Laws of all worlds of five roles, whatever goes wrong.</summary>
/// <remarks>FLOWSIM_WORLDS in the environment sets how many worlds are tried.</remarks>
public sealed class PipelineStormTests
{
    private const int FewWorlds = 30;

    /// <summary>After so long a calm what was submitted in it begins to be sealed.</summary>
    private static readonly SimDuration Enough = SimDuration.FromSeconds(70);

    private static int Worlds => int.TryParse(Environment.GetEnvironmentVariable("FLOWSIM_WORLDS"),
        NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : FewWorlds;

    [Test]
    public void Oracles_are_silent_equal_specs_are_equal_runs_and_calm_brings_seals()
    {
        (int owed, int wrong) = (0, 0);
        StormyPipeline.Any.Sample(world =>
        {
            RunSpec spec = world.Spec();
            var seen = new Seen();
            RunResult once = Simulation.Run(spec, [seen, .. OracleCatalogue.All(spec)]);
            if (world.Seed % 8 == 0 && !Simulation.Run(world.Spec(), []).Digest.Equals(once.Digest,
                StringComparison.Ordinal))
                throw new InvalidOperationException("equal specs gave different runs");
            if (seen.Complaints > 0) Interlocked.Increment(ref wrong);
            if (world.IsRight && seen.Complaints > 0)
                throw new InvalidOperationException("nobody was wrong, and somebody complained");
            if (!world.MustSeal) return;
            if (new Calm(new Cast(spec)).OwedFrom > StormyPipeline.CalmFrom
                || once.EndedAt < StormyPipeline.CalmFrom + Enough) return;
            Interlocked.Increment(ref owed);
            if (seen.LastSealed.Value + 30 < seen.LastFinal.Value)
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"sealing stands at {seen.LastSealed.Value}, finality at {seen.LastFinal.Value}"));
        }, iter: Worlds);
        // Of 30 worlds none may owe sealing by chance: one in ten does.
        if (Worlds >= 300) Assert.That(owed, Is.GreaterThan(Worlds / 20), "worlds in which sealing was due");
        Assert.That(wrong, Is.GreaterThan(Worlds / 20), "worlds in which somebody found a wrong execution");
        TestContext.Out.WriteLine($"{Worlds} worlds: sealing was due in {owed}, wrong execution was found in {wrong}");
    }

    /// <summary>How far finality and seals came, and who found something wrong.</summary>
    private sealed class Seen : IProbe
    {
        public Height LastFinal { get; private set; }

        public Height LastSealed { get; private set; }

        public int Complaints { get; private set; }

        public void On(in TraceEvent entry)
        {
            switch (entry.Notice)
            {
                case Notice.Finalized { Block: { Payload: Payload.Main payload } block } when block.Height > LastFinal:
                    LastFinal = block.Height;
                    LastSealed = payload.LastSeal.Height;
                    break;
                case Notice.ChunkFault or Notice.Diverged or Notice.ExecutionFork:
                    Complaints++;
                    break;
            }
        }
    }
}
