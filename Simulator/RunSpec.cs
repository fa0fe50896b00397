using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim;

/// <summary>Everything that decides a run, as data: equal specs are equal runs.</summary>
public sealed record RunSpec
{
    /// <summary>Decides every draw; two parameter sets under one seed meet the same network.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Who exists. The consensus committee is the nodes of that role with weight above zero.</summary>
    public required IReadOnlyList<NodeSpec> Nodes { get; init; }

    public required NetworkSpec Network { get; init; }

    public required ProcessingSpec Processing { get; init; }

    /// <summary>Consecutive epochs; the run needs one more than it means to finish.</summary>
    public required IReadOnlyList<EpochTiming> Epochs { get; init; }

    public required PacemakerConfig Pacemaker { get; init; }

    public required CruiseControlConfig CruiseControl { get; init; }

    public required StopCondition Stop { get; init; }
}

/// <summary>A node.</summary>
/// <param name="Name">Unique; keys every draw about this node, so that adding a node changes no other's.</param>
/// <param name="Role">One of the five roles.</param>
/// <param name="Weight">Voting weight; flow-go's default is 100 (model/flow/identity.go).</param>
/// <param name="Region">Index into <see cref="NetworkSpec.Regions"/>.</param>
/// <param name="Operator">Who runs it; a domain of correlated failure.</param>
/// <param name="HasBeaconKey">Whether it holds a random-beacon key share for the epoch.</param>
public sealed record NodeSpec(
    string Name, Role Role, ulong Weight, int Region, string Operator, bool HasBeaconKey = true);

/// <summary>When a run ends: whichever comes first.</summary>
/// <param name="View">Once any consensus node enters this view.</param>
/// <param name="Time">At this instant.</param>
public sealed record StopCondition(View View, SimTime Time);
