#if SIMSHARP
using System;
using CsCheck;
using FlowSim.Kernel;
using FlowSim.Tests.Golden;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>Two engines that share no code give the same runs: each is the other's test.</summary>
/// <remarks>Compiled only with <c>-p:UseSimSharp=true</c>.</remarks>
public sealed class EngineEqualityTests
{
    private static readonly Gen<long> Delay = Gen.OneOf(
        Gen.Const(0L), Gen.Long[0, 3], Gen.Long[0, 5_000_000], Gen.Long[0, 90_000_000_000]);

    private static readonly Gen<(long Delay, int Class, int Pops)[]> Operations =
        Gen.Select(Delay, Gen.Int[0, 4], Gen.Int[0, 2]).Array[0, 300];

    [TestCaseSource(typeof(GoldenDigestTests), nameof(GoldenDigestTests.Names))]
    public void Golden_worlds_have_the_same_digests_and_counts(string world)
    {
        RunSpec spec = GoldenDigestTests.Spec(world);
        RunResult wheel = Simulation.Run(spec, []);
        RunResult simSharp = Simulation.Run(spec, [], Seams.Default with { Queue = () => new SimSharpQueue() });
        Assert.That(simSharp.Digest, Is.EqualTo(wheel.Digest));
        Assert.That(simSharp.Checkpoints, Is.EqualTo(wheel.Checkpoints));
        Assert.That((simSharp.EndedAt, simSharp.Deliveries, simSharp.Events),
            Is.EqualTo((wheel.EndedAt, wheel.Deliveries, wheel.Events)));
    }

    [Test]
    public void Any_mix_of_pushes_and_pops_comes_out_in_one_order() =>
        Operations.Sample(operations =>
        {
            var both = new Both(new SimSharpQueue(1 << 10));
            foreach ((long delay, int kind, int pops) in operations)
            {
                both.Push(delay, (EventClass)kind);
                for (int i = 0; i < pops; i++) both.Pop();
            }

            both.Drain();
        });

    /// <summary>Crowded instants of several classes, far past the 1,024 at which SimSharp's queue grows.</summary>
    [Test]
    public void Five_thousand_pending_events_come_out_in_one_order()
    {
        var both = new Both(new SimSharpQueue());
        for (int i = 0; i < 5_000; i++) both.Push(i * 7919 % 10, (EventClass)(i % 5));
        both.Drain();
    }

    [Test]
    public void One_event_more_than_it_has_room_for_is_refused()
    {
        var engine = new SimSharpQueue(3);
        for (int i = 0; i < 3; i++) engine.Push(new Event(SimTime.Zero, EventClass.Start, i, i, 0, null));
        Assert.That(() => engine.Push(new Event(SimTime.Zero, EventClass.Start, 3, 3, 0, null)),
            Throws.InvalidOperationException);
    }

    /// <summary>Both engines under the same pushes and pops, compared at every pop.</summary>
    private sealed class Both(SimSharpQueue simSharp)
    {
        private readonly TimingWheel wheel = new();
        private SimTime now;
        private int pushed;

        public void Push(long delay, EventClass kind)
        {
            var entry = new Event(now + new SimDuration(delay), kind, pushed, pushed++, 0, null);
            wheel.Push(entry);
            simSharp.Push(entry);
        }

        /// <summary>Takes the next event of both, if it is due within a minute.</summary>
        public bool Pop() => Pop(now + SimDuration.FromSeconds(60));

        public void Drain()
        {
            while (Pop(SimTime.Never))
            {
            }
        }

        private bool Pop(SimTime until)
        {
            bool isDue = wheel.TryPop(until, out Event expected);
            if (simSharp.TryPop(until, out Event actual) != isDue || actual.Node != expected.Node)
                throw new InvalidOperationException($"{actual.Node} came instead of {expected.Node}");
            if (isDue) now = expected.At;
            return isDue;
        }
    }
}
#endif
