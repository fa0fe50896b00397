using FlowSim.Analysis.Metrics;
using NUnit.Framework;

namespace FlowSim.Tests.Golden;

/// <summary>The golden worlds of epochs do what they are there for.</summary>
public sealed class EpochWorldTests
{
    [Test]
    public void A_tenth_and_more_of_every_role_changes_without_a_lost_view()
    {
        Measurement measured = Measured(EpochWorlds.Turnover());
        Assert.Multiple(() =>
        {
            Assert.That(measured[EpochMetrics.Switchovers.Name], Is.EqualTo(1));
            Assert.That(measured[EpochMetrics.DkgSuccess.Name], Is.EqualTo(1));
            Assert.That(measured[EpochMetrics.FallbackTime.Name], Is.Zero);
            Assert.That(measured[EpochMetrics.LateJoiners.Name], Is.Zero);
            Assert.That(measured[EpochMetrics.StateMismatches.Name], Is.Zero);
            Assert.That(measured[MetricCatalogue.LostViews.Name], Is.Zero);
        });
    }

    [Test]
    public void A_failed_key_generation_ends_in_fallback_and_governance_recovers_it()
    {
        Measurement measured = Measured(EpochWorlds.FallbackAndRecovery());
        Assert.Multiple(() =>
        {
            Assert.That(measured[EpochMetrics.DkgSuccess.Name], Is.Zero);
            Assert.That(measured[EpochMetrics.Extensions.Name], Is.GreaterThanOrEqualTo(1));
            Assert.That(measured[EpochMetrics.Switchovers.Name], Is.EqualTo(1));
            Assert.That(measured[EpochMetrics.FallbackTime.Name], Is.GreaterThan(0));
        });
    }

    private static Measurement Measured(RunSpec spec)
    {
        var observer = new RunObserver(new RunKey("golden", "world", spec.Seed), spec, 0);
        return observer.Measure(Simulation.Run(spec, [observer]));
    }
}
