using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Sync;

/// <summary>A stall that flow-go's rules allow: a missing ancestor whose requests were given up.</summary>
/// <remarks>
/// Two of seven miss a block but get its child, then hear nothing until the fifth and last request for the block, 120 s
/// after the first, has been in vain; two of the five voters die. A new proposal's parent waits in the cache, so its
/// ancestors count as asked for (compliance/core.go), and nothing becomes final, so that nobody falls behind far enough
/// for ranges. Three of seven vote, for ever. A restart empties the cache and ends it.
/// </remarks>
public sealed class ForgottenParentTests
{
    private static readonly NodeSet Everybody = new(7, Enumerable.Range(0, 7));
    private static readonly NodeSet Deaf = new(7, [5, 6]);

    [TestCase(60, true)]
    [TestCase(300, false)]
    public void Who_hears_nothing_until_the_last_request_never_votes_again(int seconds, bool recovers)
    {
        RunSpec spec = Stormy(seconds);
        Assert.That(FinalAfter(spec, SimTime.FromSeconds(700)), recovers ? Is.GreaterThan(20) : Is.Zero);
        Assert.That(new Calm(new Cast(spec)).IsLivenessOwed, Is.EqualTo(recovers), "oracles know");
    }

    [Test]
    public void A_restart_asks_anew()
    {
        RunSpec spec = Stormy(300);
        var restart = new NodeFault.Crash(new Window(SimTime.FromSeconds(500), SimTime.FromSeconds(501)), Deaf);
        Assert.That(FinalAfter(spec with { NodeFaults = [.. spec.NodeFaults, restart] }, SimTime.FromSeconds(700)),
            Is.GreaterThan(20));
    }

    /// <summary>The world in which the two hear nothing for so many seconds.</summary>
    private static RunSpec Stormy(int seconds)
    {
        RunSpec spec = Some.World(7, views: 3_000) with
        {
            Stop = new StopCondition(new View(2_900), SimTime.FromSeconds(3_000)),
        };
        View missed = Led(spec, by: 5);
        SimTime at = Published(spec, missed);
        spec = spec with { LinkFaults = [Silence(at, at + SimDuration.FromMilliseconds(1))] };
        at = Published(spec, missed.Next) + SimDuration.FromMilliseconds(21);
        spec = spec with { LinkFaults = [.. spec.LinkFaults, Silence(at, at + SimDuration.FromSeconds(seconds))] };
        at = Published(spec, missed.Next.Next) + SimDuration.FromMilliseconds(100);
        return spec with { NodeFaults = [new NodeFault.Crash(new Window(at, SimTime.Never), new NodeSet(7, [0, 1]))] };
    }

    /// <summary>The first view after some that begins four led by the first few nodes.</summary>
    private static View Led(RunSpec spec, int by)
    {
        var cast = new Cast(spec);
        return Enumerable.Range(12, 1_000).Select(view => new View((ulong)view)).First(view =>
            Enumerable.Range(0, 4).All(i => cast.Epochs.Leader(new View(view.Value + (ulong)i))!.Value.Index < by));
    }

    private static LinkFault Silence(SimTime from, SimTime until) =>
        new LinkFault.Cut(new Window(from, until), Everybody, Deaf);

    private static SimTime Published(RunSpec spec, View view)
    {
        SimTime at = SimTime.Never;
        Simulation.Run(spec with { Stop = spec.Stop with { View = new View(view.Value + 3) } }, [new Listener(e =>
        {
            if (e.Notice is Notice.Published { Block: var block } && block.View == view) at = e.At;
        })]);
        return at;
    }

    /// <summary>Heights that become final anywhere after an instant.</summary>
    private static int FinalAfter(RunSpec spec, SimTime since)
    {
        var heights = new HashSet<Height>();
        Simulation.Run(spec, [new Listener(e =>
        {
            if (e.Notice is Notice.Finalized { Block: var block } && e.At > since) heights.Add(block.Height);
        })]);
        return heights.Count;
    }
}
