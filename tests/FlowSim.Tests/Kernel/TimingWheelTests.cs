using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>The wheel yields exactly the total order (time, class, insertion) whatever is pushed when.</summary>
public sealed class TimingWheelTests
{
    private static readonly Gen<long> Delay = Gen.OneOf(
        Gen.Long[0, 0], Gen.Long[0, 1_000], Gen.Long[0, 5_000_000], Gen.Long[0, 3_000_000_000],
        Gen.Long[2_000_000_000, 90_000_000_000]);

    private static readonly Gen<(long Delay, int Class, bool Pop)[]> Operations =
        Gen.Select(Delay, Gen.Int[0, 4], Gen.Bool).Array[0, 300];

    [Test]
    public void Yields_the_order_of_a_sorted_list_under_any_mix_of_pushes_and_pops() =>
        Operations.Sample(operations =>
        {
            var wheel = new TimingWheel();
            var model = new List<Event>();
            SimTime now = SimTime.Zero;
            long sequence = 0;
            foreach ((long delay, int kind, bool pop) in operations)
            {
                var entry = new Event(now + new SimDuration(delay), (EventClass)kind, sequence++, 0, 0, null);
                wheel.Push(entry);
                model.Add(entry);
                if (pop && !PopsAgree(wheel, model, SimTime.Never, ref now)) return false;
            }

            while (model.Count > 0)
            {
                if (!PopsAgree(wheel, model, SimTime.Never, ref now)) return false;
            }

            return !wheel.TryPop(SimTime.Never, out _);
        });

    [Test]
    public void Holds_back_what_is_due_after_the_limit_and_still_takes_earlier_events_later()
    {
        var wheel = new TimingWheel();
        wheel.Push(At(10_000_000_000, 0));
        Assert.That(wheel.TryPop(new SimTime(9_999_999_999), out _), Is.False);

        wheel.Push(At(5, 1));
        Assert.That(wheel.TryPop(new SimTime(5), out Event first), Is.True);
        Assert.That(first.At, Is.EqualTo(new SimTime(5)));
        Assert.That(wheel.TryPop(new SimTime(10_000_000_000), out Event second), Is.True);
        Assert.That(second.At, Is.EqualTo(new SimTime(10_000_000_000)));
    }

    [Test]
    public void Keeps_insertion_order_among_equal_times_far_beyond_a_thousand_pending_events()
    {
        var wheel = new TimingWheel();
        for (int i = 0; i < 5_000; i++) wheel.Push(At(77, i));
        for (int i = 0; i < 5_000; i++)
        {
            Assert.That(wheel.TryPop(SimTime.Never, out Event entry), Is.True);
            Assert.That(entry.Node, Is.EqualTo(i));
        }
    }

    private static Event At(long at, int node) => new(new SimTime(at), EventClass.Arrival, node, node, 0, null);

    private static bool PopsAgree(TimingWheel wheel, List<Event> model, SimTime until, ref SimTime now)
    {
        Event expected = model.Aggregate((a, b) => Event.IsBefore(b, a) ? b : a);
        model.Remove(expected);
        bool popped = wheel.TryPop(until, out Event entry);
        now = entry.At;
        return popped && !Event.IsBefore(entry, expected) && !Event.IsBefore(expected, entry);
    }
}
