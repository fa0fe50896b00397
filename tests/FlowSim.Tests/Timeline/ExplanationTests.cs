using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Timeline;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Network;
using NUnit.Framework;

namespace FlowSim.Tests.Timeline;

/// <summary>A view is explained by what decided it, and watching changes nothing.</summary>
public sealed class ExplanationTests
{
    private const ulong Lost = 9;

    private static readonly RunSpec Calm = Some.World(views: 40);

    [Test]
    public void A_good_view_tells_where_its_time_went()
    {
        string text = Explain(Calm, Lost);
        Assert.That(text, Does.Contain("It went well: its block became final."));
        Assert.That(text, Does.Contain($"{Leader(Calm, Lost)} leads it; it enters at +0.000 s by QC. It knows QC 8"));
        Assert.That(text, Does.Contain("7 of 7 members know the block"));
        Assert.That(text, Does.Contain("assembles the QC of 5 votes"));
        Assert.That(text, Does.Contain("0.000 s to build, ").And.Contain(" of delay chosen by the controller, "
            + "0.040 s to spread the proposal and collect votes (protocol runtime 0.040 s)."));
    }

    [Test]
    public void A_view_whose_leader_is_down_names_it_as_the_silent_one()
    {
        RunSpec spec = Silenced(Lost);
        string text = Explain(spec, Lost);
        Assert.That(text, Does.Contain("It is lost: no block of it was ever published. "
            + $"Its leader {Leader(spec, Lost)} was down since the run began."));
        Assert.That(text, Does.Contain("It is silent: it builds no block."));
        Assert.That(text, Does.Contain("6 of 7 members give up on it: "));
        Assert.That(text, Does.Contain($"Not heard to give up: {Leader(spec, Lost)}."));
        Assert.That(text, Does.Contain(", by TC; the last of 6 at "));
    }

    [Test]
    public void The_view_before_is_lost_because_nobody_else_gets_its_votes()
    {
        RunSpec spec = Silenced(Lost);
        string text = Explain(spec, Lost - 1);
        Assert.That(text, Does.Contain("It is lost: its block was published and orphaned. "
            + $"The next leader {Leader(spec, Lost)}, who alone gets the votes, was down since the run began."));
        Assert.That(text, Does.Contain(" reach it and no QC comes of them.").And.Contain("vote lost or dropped: "));
        Assert.That(text, Does.Match("The final chain passes it by: the block of view 10 builds on "
            + "view 7 and so orphans"));
    }

    [Test]
    public void Lost_messages_are_named()
    {
        int leader = new Cast(Calm).Leader(new View(Lost));
        int victim = (leader + 1) % 7;
        RunSpec spec = Calm with
        {
            Sync = null,
            LinkFaults = [new LinkFault.Cut(new Window(SimTime.Zero, SimTime.Never), new NodeSet(7, [leader]),
                new NodeSet(7, [victim]))],
        };
        Assert.That(Explain(spec, Lost), Does.Contain("6 of 7 members know the block").And.Contain(
            $"It never reached or never fitted: {new Cast(spec).Name(victim)} (lost or down)."));
    }

    [Test]
    public void A_view_that_nobody_reached_has_no_start() =>
        Assert.That(Observe(Calm, 5_000).Facts.Start, Is.Null);

    [Test]
    public void Watching_messages_changes_no_digest_and_each_copy_ends_once()
    {
        RunSpec spec = Silenced(Lost) with { Processing = Some.Mainnet().Processing };
        var watcher = new Watcher();
        RunResult watched = Simulation.Run(spec, [watcher]);
        Assert.That(watched.Digest, Is.EqualTo(Simulation.Run(spec, []).Digest));
        Assert.That(watcher.Count[PassageStage.Arrived] + watcher.Count[PassageStage.Spared],
            Is.EqualTo(watched.Deliveries));
        Assert.That(watcher.Count[PassageStage.Dropped], Is.GreaterThan(10));
        Assert.That(watcher.Count[PassageStage.Sent], Is.GreaterThanOrEqualTo(
            watcher.Count[PassageStage.Arrived] + watcher.Count[PassageStage.Dropped]));
        Assert.That(watcher.Count, Does.Not.ContainKey(PassageStage.Lost));
    }

    /// <summary>A world in which the leader of a view, who leads none of the views around it, never starts.</summary>
    private static RunSpec Silenced(ulong view)
    {
        for (ulong seed = 1; ; seed++)
        {
            RunSpec spec = Some.World(views: 40, seed: seed);
            var cast = new Cast(spec);
            int silent = cast.Leader(new View(view));
            if (Enumerable.Range(1, 14).Count(v => cast.Leader(new View((ulong)v)) == silent) > 1) continue;
            return spec with
            {
                NodeFaults = [new NodeFault.Crash(new Window(SimTime.Zero, SimTime.Never), new NodeSet(7, [silent]))],
            };
        }
    }

    private static string Leader(RunSpec spec, ulong view)
    {
        var cast = new Cast(spec);
        return cast.Name(cast.Leader(new View(view)));
    }

    private static ViewObserver Observe(RunSpec spec, ulong view)
    {
        var observer = new ViewObserver(new Cast(spec), new View(view));
        Simulation.Run(spec, [observer]);
        return observer;
    }

    private static string Explain(RunSpec spec, ulong view) =>
        string.Join('\n', Explanation.Of(Observe(spec, view).Facts));

    private sealed class Watcher : INetworkProbe
    {
        public SortedDictionary<PassageStage, long> Count { get; } = [];

        public void On(in TraceEvent entry)
        {
        }

        public void On(in Passage passage) => Count[passage.Stage] = Count.GetValueOrDefault(passage.Stage) + 1;
    }
}
