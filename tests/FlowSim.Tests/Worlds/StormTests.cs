using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using CsCheck;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Laws of all worlds in which less than a third lies, whatever else goes wrong.</summary>
/// <remarks>FLOWSIM_WORLDS in the environment sets how many worlds are tried.</remarks>
public sealed class StormTests
{
    private const int FewWorlds = 100;

    /// <summary>After so long a calm some blocks have become final.</summary>
    private static readonly SimDuration Enough = SimDuration.FromSeconds(60);

    private static int Worlds => int.TryParse(Environment.GetEnvironmentVariable("FLOWSIM_WORLDS"),
        NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : FewWorlds;

    [Test]
    public void Nodes_agree_equal_specs_are_equal_runs_and_calm_brings_finality()
    {
        int ofProgress = 0;
        var judged = new Judged();
        StormyWorld.Any.Sample(world =>
        {
            var late = new FinalSince(world.CalmFrom());
            RunSpec spec = world.Spec();
            var cast = new Cast(world.Declared());
            var calm = new Calm(cast);
            var laggards = new LaggardsCatchUp(cast, calm);
            var owed = new FinalSince(calm.OwedFrom);
            RunResult once = Simulation.Run(spec, [new OneChain(), late, owed, new Panel(cast, [laggards]),
                .. OracleCatalogue.All(cast.Spec)], world.Seams());
            if (world.Seed % 8 == 0
                && Simulation.Run(world.Spec(), [], world.Seams()).Digest is var again
                && !again.Equals(once.Digest, StringComparison.Ordinal))
                throw new InvalidOperationException("equal specs gave different runs");
            judged.Count(calm, laggards, once.EndedAt);
            if (calm.IsLivenessOwed && once.EndedAt > calm.OwedFrom + Enough) EnsureFinal(world, owed);
            int[] sound = world.Sound();
            if (3 * sound.Length <= 2 * world.Members) return;
            Interlocked.Increment(ref ofProgress);
            EnsureFinal(world, late, sound);
        }, iter: Worlds);
        Assert.That(ofProgress, Is.GreaterThan(Worlds / 10), "worlds in which progress is due");
        Assert.That(judged.Views, Is.GreaterThan(Worlds / 10), "worlds in which L5 judged");
        Assert.That(judged.Back, Is.GreaterThan(Worlds / 10), "worlds in which those who were away had to be back");
        Assert.That(judged.Views - judged.Back, Is.GreaterThan(Worlds / 50), "worlds in which they had not");
        Assert.That(judged.Laggards, Is.GreaterThan(Worlds / 10), "worlds in which L6 judged who was away");
        TestContext.Out.WriteLine($"{Worlds} worlds: progress was due in {ofProgress}, L5 judged in {judged.Views}, "
            + $"only those who had been away were a quorum in {judged.Back}, L6 judged them in {judged.Laggards}");
    }

    [Test]
    public void A_quorum_of_half_is_found() => Assert.That(
        WorldsUntilFound(StormyWorld.Doubled, start => new Replica(start with
        {
            Epochs = new KnownEpochs(start.Epochs.All.Select(epoch => epoch with
            {
                Committee = epoch.Committee.WithWeightToCertify(epoch.Committee.TotalWeight / 2 + 1),
            }), isComplete: true),
        })), Is.GreaterThan(0));

    [Test]
    public void Finality_by_an_indirect_child_is_found() => Assert.That(
        WorldsUntilFound(StormyWorld.Delayed, start => new Replica(start with
        {
            Constants = start.Constants with { FinalityNeedsDirectChild = false },
        })), Is.GreaterThan(0));

    [Test]
    public void The_real_rules_withstand_the_same_worlds()
    {
        Assert.That(WorldsUntilFound(StormyWorld.Doubled, start => new Replica(start), 300), Is.Zero);
        Assert.That(WorldsUntilFound(StormyWorld.Delayed, start => new Replica(start), 300), Is.Zero);
    }

    /// <summary>How many worlds it takes until one shows a planted bug; 0 if none does.</summary>
    private static int WorldsUntilFound(
        Gen<StormyWorld> worlds, Func<ReplicaStart, ICore> planted, int most = 3_000)
    {
        PCG chance = PCG.Parse("0N0XIzNsQ0O2");
        for (int i = 1; i <= most; i++)
        {
            StormyWorld world = worlds.Generate(chance, null, out _);
            try
            {
                Simulation.Run(world.Spec(), [new OneChain()], world.Seams(planted));
            }
            catch (Exception found) when (found is InvalidOperationException or InvariantViolation)
            {
                TestContext.Out.WriteLine($"world {i}: {found.Message}; {world}");
                return i;
            }
        }

        return 0;
    }

    private static void EnsureFinal(StormyWorld world, FinalSince since, IEnumerable<int>? among = null)
    {
        int going = (among ?? Enumerable.Range(0, world.Members)).Count(node => since.Of(node) >= 3);
        if (3 * going <= 2 * world.Members)
            throw new InvalidOperationException($"finality reached {going} of {world.Members} nodes in calm");
    }

    /// <summary>In how many worlds the oracles of liveness had something to judge.</summary>
    private sealed class Judged
    {
        private int views;
        private int back;
        private int laggards;

        public int Views => views;

        public int Back => back;

        public int Laggards => laggards;

        public void Count(Calm calm, LaggardsCatchUp oracle, SimTime end)
        {
            bool isOwed = calm.IsLivenessOwed && end > calm.OwedFrom + calm.LongestView;
            if (isOwed) Interlocked.Increment(ref views);
            if (isOwed && calm.OwedFrom > calm.From) Interlocked.Increment(ref back);
            if (oracle.JudgedAfterAbsence > 0) Interlocked.Increment(ref laggards);
        }
    }

    /// <summary>Counts what becomes final after an instant.</summary>
    private sealed class FinalSince(SimTime since) : IProbe
    {
        private readonly Dictionary<int, int> counts = [];

        public int Of(int node) => counts.GetValueOrDefault(node);

        public void On(in TraceEvent entry)
        {
            if (entry.Notice is Notice.Finalized && entry.At >= since)
                counts[entry.Node.Index] = counts.GetValueOrDefault(entry.Node.Index) + 1;
        }
    }
}
