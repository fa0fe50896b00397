using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Golden;

/// <summary>The digests of a few worlds, on record: whatever changes a result must change them on purpose.</summary>
/// <remarks>
/// The same file is checked in Debug and Release, with and without hardware intrinsics and tiered compilation. A change
/// here belongs under "Results" in the changelog.
/// </remarks>
public sealed class GoldenDigestTests
{
    private static readonly Dictionary<string, Func<RunSpec>> Worlds = new(StringComparer.Ordinal)
    {
        ["seven-nodes"] = () => Some.World(),
        ["seven-nodes-seed-2"] = () => Some.World(seed: 2),
        ["mainnet"] = () => Some.Mainnet(views: 1_200),
        ["mainnet-with-followers"] = () => Some.Mainnet(views: 100, followers: 60),
        ["timeouts-and-tcs"] = TimeoutsAndTcs,
        ["controller-disabled"] = ControllerDisabled,
        ["crash-and-sync"] = TroubledWorlds.CrashAndSync,
        ["partition-and-loss"] = TroubledWorlds.PartitionAndLoss,
        ["liars-and-twins"] = TroubledWorlds.LiarsAndTwins,
        ["slow-and-skewed"] = TroubledWorlds.SlowAndSkewed,
        ["five-roles"] = PipelineWorlds.FiveRolesInBursts,
        ["five-roles-wrong-and-down"] = PipelineWorlds.WrongAndDown,
        ["epoch-turnover"] = EpochWorlds.Turnover,
        ["epoch-fallback-and-recovery"] = EpochWorlds.FallbackAndRecovery,
    };

    internal static IEnumerable<string> Names => Worlds.Keys;

    internal static RunSpec Spec(string world) => Worlds[world]();

    [TestCaseSource(nameof(Names))]
    public void Digest_is_the_one_on_record(string world)
    {
        RunResult result = Simulation.Run(Spec(world), []);
        string[] checkpoints = [.. result.Checkpoints.Select(c => $"{c.View}:{c.Digest}")];
        string actual = string.Join(' ', [world, result.Digest, .. checkpoints]);
        Assert.That(OnRecord(world), Is.EqualTo(actual), $"if the change is meant, record: {actual}");
    }

    [Test]
    public void An_altered_constant_in_the_safety_rules_does_not_reach_the_digest_on_record()
    {
        Seams broken = Seams.Default with
        {
            Participant = start => new Replica(start with { Constants = new SafetyConstants(2) }),
        };
        string outcome;
        try
        {
            outcome = Simulation.Run(Spec("seven-nodes"), [], broken).Digest;
        }
        catch (InvariantViolation stopped)
        {
            outcome = stopped.Message;
        }

        Assert.That(OnRecord("seven-nodes"), Does.StartWith("seven-nodes ").And.Not.Contain(outcome));
    }

    /// <summary>Latencies of the order of the timeout, with a heavy tail: views end by QC and by TC.</summary>
    internal static RunSpec TimeoutsAndTcs() => Some.World(10, views: 200) with
    {
        Network = Some.Network(SimDuration.FromMilliseconds(120)) with
        {
            JitterPerMillion = Quantiles.Exponential(2_000_000),
        },
    };

    private static RunSpec ControllerDisabled()
    {
        RunSpec spec = Some.World();
        return spec with { CruiseControl = spec.CruiseControl with { Enabled = false } };
    }

    private static string OnRecord(string world) =>
        File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Golden", "digests.txt"))
            .FirstOrDefault(line => line.StartsWith(world + " ", StringComparison.Ordinal)) ?? "(not on record)";
}
