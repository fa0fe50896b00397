using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>The timeout of a consensus node, failure by failure.</summary>
public sealed class TimeoutControllerTests
{
    private static readonly long[] Beyond =
    [
        1254, 1504, 1805, 2166, 2600, 3120, 3744, 4493, 5391, 6470, 7764, 9317, 11180, 13416, 16100,
        19320, 23184,
        27821, 33385, 40062, 48075, 57690, 60000,
    ];

    [Test]
    public void A_consensus_node_waits_1045_ms_and_then_longer_and_longer()
    {
        var controller = new TimeoutController(PacemakerConfig.ConsensusDefault);
        for (ulong r = 0; r <= 6; r++) Expect(controller, r, 1045, failNext: true);
        for (int i = 0; i < Beyond.Length; i++) Expect(controller, 7 + (ulong)i, Beyond[i], failNext: true);
        Expect(controller, 29, 60000, failNext: true);
    }

    [Test]
    public void Progress_goes_the_same_way_back()
    {
        var controller = new TimeoutController(PacemakerConfig.ConsensusDefault);
        for (int i = 0; i < 100; i++) controller.OnTimeout();
        for (int i = Beyond.Length - 1; i >= 0; i--)
        {
            Expect(controller, 7 + (ulong)i, Beyond[i], failNext: false);
            controller.OnProgress();
        }

        for (int i = 0; i < 10; i++) controller.OnProgress();
        Expect(controller, 0, 1045, failNext: false);
    }

    [Test]
    public void A_timeout_object_is_repeated_at_the_latest_after_five_seconds()
    {
        var controller = new TimeoutController(PacemakerConfig.ConsensusDefault);
        Assert.That(controller.RebroadcastInterval, Is.EqualTo(SimDuration.FromMilliseconds(1045)));
        for (int i = 0; i < 20; i++) controller.OnTimeout();
        Assert.That(controller.RebroadcastInterval, Is.EqualTo(SimDuration.FromSeconds(5)));
    }

    [TestCase(0L, 60000L, 1.2, 5000L)]
    [TestCase(1045L, 1044L, 1.2, 5000L)]
    [TestCase(1045L, 60000L, 1.0, 5000L)]
    [TestCase(1045L, 60000L, double.NaN, 5000L)]
    [TestCase(1045L, 60000L, 1.2, 0L)]
    public void Invalid_settings_are_refused(long min, long max, double factor, long rebroadcast)
    {
        var config = new PacemakerConfig(SimDuration.FromMilliseconds(min), SimDuration.FromMilliseconds(max),
            factor, 6, SimDuration.FromMilliseconds(rebroadcast));
        Assert.That(() => new TimeoutController(config), Throws.ArgumentException);
    }

    private static void Expect(TimeoutController controller, ulong failures, long milliseconds, bool failNext)
    {
        Assert.That(controller.Failures, Is.EqualTo(failures));
        Assert.That(controller.Timeout, Is.EqualTo(SimDuration.FromMilliseconds(milliseconds)),
            $"r = {failures}");
        if (failNext) controller.OnTimeout();
    }
}
