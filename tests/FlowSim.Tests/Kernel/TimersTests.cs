using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>One lazy timer per node fires once, at its last deadline.</summary>
public sealed class TimersTests
{
    [Test]
    public void A_later_deadline_needs_no_second_entry_and_puts_the_first_back_to_sleep()
    {
        var timers = new Timers(1);
        Assert.That(timers.Set(0, new SimTime(10)), Is.True);
        Assert.That(timers.Set(0, new SimTime(30)), Is.False);
        Assert.That(timers.Wake(0, timers.GenerationOf(0), new SimTime(10)), Is.EqualTo(Timers.Verdict.Sleep));
        Assert.That(timers.Wake(0, timers.GenerationOf(0), new SimTime(30)), Is.EqualTo(Timers.Verdict.Fire));
    }

    [Test]
    public void A_nearer_deadline_makes_the_first_entry_stale()
    {
        var timers = new Timers(1);
        timers.Set(0, new SimTime(30));
        int first = timers.GenerationOf(0);
        Assert.That(timers.Set(0, new SimTime(10)), Is.True);
        Assert.That(timers.Wake(0, timers.GenerationOf(0), new SimTime(10)), Is.EqualTo(Timers.Verdict.Fire));
        Assert.That(timers.Wake(0, first, new SimTime(30)), Is.EqualTo(Timers.Verdict.Stale));
    }
}
