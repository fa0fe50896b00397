using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>What the recorded calls of stop control leave open.</summary>
public sealed class StopControlTests
{
    private static readonly SemanticVersion Version = SemanticVersion.Parse("1.0.0")!;

    [Test]
    public void The_other_source_takes_over_at_an_earlier_height_only()
    {
        StopControl manual = new StopControl(Version).Set(new Height(30), exits: false)!;
        Assert.That(AfterBeacon(manual, 31).Boundary.Source, Is.EqualTo(StopSource.Manual));
        Assert.That(AfterBeacon(manual, 30).Boundary.Source, Is.EqualTo(StopSource.Manual), "not at the same one");
        Assert.That(AfterBeacon(manual, 29).Boundary,
            Is.EqualTo(new StopBoundary(new Height(29), true, StopSource.VersionBeacon)));

        StopControl boundary = AfterBeacon(new StopControl(Version), 30);
        Assert.That(boundary.Set(new Height(30), exits: false), Is.Null);
        Assert.That(boundary.Set(new Height(29), exits: false)?.Boundary.Source, Is.EqualTo(StopSource.Manual));
    }

    [Test]
    public void A_step_leaves_the_control_before_it_as_it_was()
    {
        var control = new StopControl(Version);
        Assert.That(AfterBeacon(control, 30), Is.Not.EqualTo(control));
        Assert.That(control, Is.EqualTo(new StopControl(Version)));
    }

    [Test]
    public void After_a_restart_with_the_required_version_nothing_stops()
    {
        var old = new Knowledge(boundary: 20, executed: [19]);
        StopStep stopped = new StopControl(Version).Finalized(new Height(20), Id(19), old);
        Assert.That((stopped.Effect, stopped.Control.IsStopped), Is.EqualTo((StopEffect.Exit, true)));
        Assert.That(new StopControl(Version).Finalized(new Height(20), Id(19), old).Effect,
            Is.EqualTo(StopEffect.Exit), "the old software stops again at once");

        StopStep renewed = new StopControl(SemanticVersion.Parse("2.0.0")).Finalized(new Height(20), Id(19), old);
        Assert.That((renewed.Effect, renewed.Control.Boundary.BeforeHeight),
            Is.EqualTo((StopEffect.None, (Height?)null)));
    }

    [Test]
    public void Restarted_beyond_the_stop_the_old_software_idles()
    {
        var beyond = new Knowledge(boundary: 20, executed: [19]);
        StopStep step = new StopControl(Version).Finalized(new Height(25), Id(24), beyond);
        Assert.That((step.Effect, step.Control.IsStopped, step.Control.Boundary.LastBlock),
            Is.EqualTo((StopEffect.None, false, (BlockId?)Id(19))));
        Assert.That(step.Control.MayExecute(new Height(20), out _), Is.False);
    }

    private static StopControl AfterBeacon(StopControl control, ulong boundary) =>
        control.Finalized(new Height(10), Id(9), new Knowledge(boundary, [])).Control;

    private static BlockId Id(ulong height) => new(height);

    /// <summary>One chain of blocks named by their heights, and a beacon that asks for version 2 from a height on.
    /// </summary>
    private sealed class Knowledge(ulong boundary, HashSet<ulong> executed) : IExecutionKnowledge
    {
        public SealedBeacon? Highest(Height height) => new(new ServiceEvent.VersionBeacon(
            [new VersionBoundary(new Height(0), "0.0.0"), new VersionBoundary(new Height(boundary), "2.0.0")], 1),
            new Height(5));

        public BlockId? FinalizedAt(Height height) => Id(height.Value);

        public bool IsExecuted(BlockId block) => executed.Contains(block.Value);
    }
}
