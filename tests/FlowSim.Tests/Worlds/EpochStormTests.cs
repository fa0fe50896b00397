using System;
using System.Globalization;
using System.Threading;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Oracles;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Laws of all worlds whose epochs come out of the chain, whatever goes wrong.</summary>
/// <remarks>FLOWSIM_WORLDS in the environment sets how many worlds are tried.</remarks>
public sealed class EpochStormTests
{
    private const int FewWorlds = 8;

    private static int Worlds => int.TryParse(Environment.GetEnvironmentVariable("FLOWSIM_WORLDS"),
        NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : FewWorlds;

    [Test]
    public void Oracles_are_silent_and_equal_specs_are_equal_runs()
    {
        (int tried, int switchovers, int extended, int recovered, int joined) = (0, 0, 0, 0, 0);
        StormyEpochs.Any.Sample(world =>
        {
            RunSpec spec = world.Spec();
            var seen = new Seen();
            RunResult once = Simulation.Run(spec, [seen, .. OracleCatalogue.All(spec)]);
            if (world.Seed % 8 == 0 && !Simulation.Run(world.Spec(), []).Digest.Equals(once.Digest,
                StringComparison.Ordinal))
                throw new InvalidOperationException("equal specs gave different runs");
            Interlocked.Increment(ref tried);
            Interlocked.Add(ref switchovers, seen.Switchovers);
            Interlocked.Add(ref extended, seen.Extensions);
            Interlocked.Add(ref recovered, seen.Recoveries);
            Interlocked.Add(ref joined, seen.Joined);
        }, iter: Worlds);
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{tried} worlds: {switchovers} switchovers, {extended} extensions, ")
            + FormattableString.Invariant($"{recovered} recoveries, {joined} joined"));
        Assert.That(switchovers, Is.GreaterThan(Worlds / 4), "switchovers");
    }

    /// <summary>What became of the epochs, as the node that finalizes first tells.</summary>
    private sealed class Seen : IProbe
    {
        private View newest;

        public int Switchovers { get; private set; }

        public int Extensions { get; private set; }

        public int Recoveries { get; private set; }

        public int Joined { get; private set; }

        public void On(in TraceEvent entry)
        {
            if (entry.Notice is Notice.Bootstrapped) Joined++;
            if (entry.Notice is not Notice.StateChanged { Block.View: var view } changed || view <= newest) return;
            newest = view;
            EpochState before = ((KeyValueSnapshot)changed.Before).Epochs;
            EpochState after = ((KeyValueSnapshot)changed.After).Epochs;
            foreach (EpochChange change in EpochChanges.Between(before, after))
            {
                Switchovers += change == EpochChange.Transition ? 1 : 0;
                Extensions += change == EpochChange.Extended ? 1 : 0;
                Recoveries += change == EpochChange.FallbackExited ? 1 : 0;
            }
        }
    }
}
