using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Oracles;
using FlowSim.Tests.Worlds;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Laws of a spork at any time of an epoch, whatever goes wrong beside.</summary>
/// <remarks>FLOWSIM_WORLDS in the environment sets how many worlds are tried.</remarks>
public sealed class SporkStormTests
{
    private const int FewWorlds = 4;
    private const long Millisecond = SimDuration.NanosecondsPerSecond / 1_000;

    private static int Worlds => int.TryParse(Environment.GetEnvironmentVariable("FLOWSIM_WORLDS"),
        NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : FewWorlds;

    [Test]
    public void Oracles_are_silent_and_the_chain_goes_on()
    {
        (int tried, int wentOn, int behind) = (0, 0, 0);
        Gen.Select(StormyEpochs.Any, Gen.Int[5, 150], Gen.Bool).Sample((world, at, isSlow) =>
        {
            var seen = new Seen();
            RunSpec spec = Spec(world, at, isSlow ? 650 : 100);
            Simulation.Run(spec, [seen, .. OracleCatalogue.All(spec)]);
            Interlocked.Increment(ref tried);
            Interlocked.Add(ref wentOn, seen.WentOn ? 1 : 0);
            Interlocked.Add(ref behind, seen.IsBehind ? 1 : 0);
        }, iter: Worlds);
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{tried} worlds: {wentOn} sealed on, in {behind} execution was behind at the spork"));
        Assert.That(wentOn, Is.GreaterThan(Worlds / 4));
    }

    /// <summary>A node stands still over the spork, and finds a block of before when it is back.</summary>
    [Test]
    public void What_was_under_way_before_is_past()
    {
        RunSpec spec = Spec(new StormyEpochs(15299, [8, 5, 5, 5, 2], [1, 0, 1, 1, 1], [0, 0, 0, 0, 0],
            [209, 25, 33, 32, 76], 21, 0, [[4, 10, 149, 27], [3, 3, 163, 43], [1, 4, 59, 20]], [226], -1,
            JoinPhase.Committed, true), 108, 650);
        Assert.That(() => Simulation.Run(spec, OracleCatalogue.All(spec)), Throws.Nothing);
    }

    /// <param name="world">The world.</param>
    /// <param name="at">When its spork is, in per cent of an epoch.</param>
    /// <param name="execution">How long a block takes on average, in milliseconds.</param>
    private static RunSpec Spec(StormyEpochs world, int at, long execution)
    {
        RunSpec spec = world.Spec();
        SimTime time = SimTime.FromSeconds((long)spec.Epochs[0].TargetDurationSeconds * at / 100);
        int executor = spec.Nodes.TakeWhile(node => node.Role != Role.Execution).Count();
        return spec with
        {
            Processing = spec.Processing with
            {
                LoadState = Quantiles.Constant(2_000 * Millisecond),
                ExecuteBlock = Quantiles.Exponential(execution * Millisecond),
            },
            Upgrade = new UpgradeSpec
            {
                Images = [StrategyWorld.Old, StrategyWorld.New],
                Strategy = new SporkUpgrade(new SporkPlan(1, time, SimDuration.Zero)),
                Operators = StrategyWorld.Upgrade.Operators,
                Acts =
                [
                    new OperatorAct.Restore(new NodeSet(spec.Nodes.Count, [executor]),
                        time + SimDuration.FromSeconds(60), SimTime.FromSeconds(3), null),
                ],
            },
        };
    }

    /// <summary>Whether a block executed after the spork was sealed, and whether all was executed before.</summary>
    private sealed class Seen : IProbe
    {
        private Height executed = new(ulong.MaxValue);

        public bool WentOn { get; private set; }

        public bool IsBehind { get; private set; }

        public void On(in TraceEvent entry)
        {
            if (entry.Notice is Notice.Sporked spork)
            {
                executed = spork.FirstExecuted;
                IsBehind = executed < spork.Root.Height;
            }

            if (entry.Notice is Notice.Finalized { Block.Payload: Payload.Main { LastSeal.Height: var known } })
                WentOn |= known >= executed;
        }
    }
}
