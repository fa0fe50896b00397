using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>The controller against numbers computed by hand from its published formulas.</summary>
public sealed class CruiseControlTests
{
    /// <summary>A week of 756,000 views of 800 ms that starts at zero.</summary>
    private static readonly EpochTiming Week = new(default, new View(755_999), 604_800, 604_800);

    // Rows of view, time in ms, unconstrained target in ns.
    [TestCase(
        1UL, 800L, 799_999_999L, 2UL, 1700L, 640_000_000L, 3UL, 2400L, 721_200_000L, 4UL, 3250L, 646_376_000L,
        5UL, 4050L, 611_328_480L, 6UL, 6050L, -1_341_794_089L, 7UL, 6650L, -1_998_875_000L, 8UL, 7350L,
        -2_594_830_947L, 9UL, 8150L, -3_228_881_080L, TestName = "Behind schedule")]
    [TestCase(
        1000UL, 800_250L, 400_000_000L, 1001UL, 801_000L, 283_000_000L, 1003UL, 803_300L, -981_660_000L,
        1004UL, 803_400L, -549_626_800L, 1010UL, 808_000L, -322_714_264L, TestName = "Skipped views")]
    [TestCase(
        378_000UL, 302_399_000L, 2_400_000_000L, 378_001UL, 302_399_800L, 3_188_000_000L,
        378_002UL, 302_400_600L, 3_924_240_000L, TestName = "Ahead of schedule")]
    public void Targets(params object[] rows)
    {
        CruiseControl control = Started();
        for (int i = 0; i < rows.Length; i += 3)
        {
            var view = new View((ulong)rows[i]);
            var at = new SimTime((long)rows[i + 1] * SimDuration.NanosecondsPerMillisecond);
            ControllerObservation actual = control.Observe(view, Id(view), at)!.Value;
            Assert.That(actual.Unconstrained.Nanoseconds, Is.EqualTo((long)rows[i + 2]).Within(1000),
                $"view {view}");
            Assert.That(actual.Target, Is.EqualTo(Limited(actual.Unconstrained)));
            Assert.That(control.TargetPublicationTime(view.Next, default, Id(view)),
                Is.EqualTo(at + actual.Target));
        }
    }

    [Test]
    public void Nothing_observed_means_publish_at_once()
    {
        CruiseControl control = Started();
        var entered = new SimTime(17);
        Assert.That(control.Timing, Is.EqualTo(ProposalTiming.PublishImmediately));
        Assert.That(control.TargetPublicationTime(new View(1), entered, default), Is.EqualTo(entered));
    }

    [Test]
    public void A_delay_builds_on_the_last_observed_block_only()
    {
        CruiseControl control = Started();
        control.Observe(new View(1), new BlockId(1), SimTime.FromSeconds(1));
        var entered = new SimTime(17);
        Assert.That(control.TargetPublicationTime(new View(2), entered, new BlockId(9)), Is.EqualTo(entered));
    }

    [Test]
    public void Only_the_first_block_of_a_newer_view_counts()
    {
        CruiseControl control = Started();
        Assert.That(control.Observe(new View(5), new BlockId(5), SimTime.FromSeconds(4)), Is.Not.Null);
        Assert.That(control.Observe(new View(5), new BlockId(6), SimTime.FromSeconds(4)), Is.Null);
        Assert.That(control.Observe(new View(4), new BlockId(4), SimTime.FromSeconds(4)), Is.Null);
        Assert.That(control.LastObservedView, Is.EqualTo(new View(5)));
    }

    [Test]
    public void Switched_off_it_delays_by_the_fixed_time_from_the_next_block_on()
    {
        CruiseControl control = Started();
        control.Observe(new View(1), new BlockId(1), SimTime.FromSeconds(1));
        control.Config = control.Config with { Enabled = false };
        Assert.That(control.Timing, Is.EqualTo(ProposalTiming.HappyPath));

        Assert.That(control.Observe(new View(2), new BlockId(2), SimTime.FromSeconds(2)), Is.Null);
        SimTime target = control.TargetPublicationTime(new View(3), SimTime.FromSeconds(3), new BlockId(2));
        Assert.That(target, Is.EqualTo(SimTime.FromSeconds(3) + SimDuration.FromMilliseconds(250)));
    }

    [Test]
    public void Gains_cannot_change_at_run_time()
    {
        CruiseControl control = Started();
        Assert.That(() => control.Config = control.Config with { Ki = 0.06 }, Throws.ArgumentException);
    }

    [Test]
    public void A_block_beyond_the_known_epochs_is_fatal()
    {
        CruiseControl control = Started();
        Assert.That(() => control.Observe(new View(756_000), default, SimTime.Zero),
            Throws.InstanceOf<InvariantViolation>());
    }

    [Test]
    public void A_block_of_the_next_epoch_begins_it()
    {
        CruiseControl control = Started();
        var next = new EpochTiming(new View(756_000), new View(756_999), 1000, 605_800);
        control.EpochCommitted(next);
        control.Observe(new View(756_001), default, SimTime.FromSeconds(604_801));
        Assert.That(control.CurrentEpoch, Is.EqualTo(next));
        Assert.That(control.NextEpoch, Is.Null);
    }

    [Test]
    public void In_a_closed_loop_a_late_start_is_made_good()
    {
        CruiseControl control = Started();
        List<double> errors = [];
        SimTime at = SimTime.FromSeconds(3);
        for (ulong v = 1; v <= 400; v++)
        {
            ControllerObservation seen = control.Observe(new View(v), new BlockId(v), at)!.Value;
            errors.Add(seen.ErrorSeconds);
            SimTime target = control.TargetPublicationTime(new View(v + 1), at, new BlockId(v));
            at = SimTime.Max(target, at + SimDuration.FromMilliseconds(218));
        }

        Assert.That(errors[0], Is.EqualTo(2.2).Within(1e-6));
        Assert.That(errors[^1], Is.Zero.Within(1e-3));
    }

    private static CruiseControl Started() => new(CruiseControlConfig.Default, default, Week, null);

    private static BlockId Id(View view) => new(view.Value);

    private static SimDuration Limited(SimDuration target) => SimDuration.Min(
        SimDuration.Max(target, SimDuration.FromMilliseconds(125)), SimDuration.FromMilliseconds(910));
}
