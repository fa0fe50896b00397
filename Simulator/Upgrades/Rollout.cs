using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>A plan by which nodes change to an image.</summary>
/// <param name="Image">The number of the image.</param>
/// <param name="Nodes">Whose.</param>
/// <param name="From">When the first wave begins.</param>
public sealed record Rollout(int Image, NodeSet Nodes, SimTime From)
{
    /// <summary>Within a wave each changes at any time of this window, equally likely; zero is all at once.</summary>
    public SimDuration Window { get; init; }

    /// <summary>Instead of a window: how fast which share is. Who has none of the habits never changes.</summary>
    public IReadOnlyList<Habit> Habits { get; init; } = [];

    /// <summary>Whether an operator decides and acts for all own nodes at once, or each node has fates of its own.
    /// </summary>
    public bool IsByOperator { get; init; }

    /// <summary>The waves, one after the other; without any everybody is in one. Who is in none never changes.
    /// </summary>
    public IReadOnlyList<Wave> Waves { get; init; } = [];

    /// <summary>Whether the rollout ends when a node that it has changed ended by itself before its wave's soak was
    /// over.</summary>
    public bool IsGated { get; init; }

    /// <summary>Share of a role's weight that the rollout may take down at a time; null for no limit.</summary>
    /// <remarks>Accidents, and an execution node's loading of its state, do not count.</remarks>
    public long? MaxOfflinePerMillion { get; init; }

    /// <summary>Chance that a node, or operator, never changes.</summary>
    public long NeverPerMillion { get; init; }

    /// <summary>Chance that it changes to <see cref="WrongImage"/>.</summary>
    public long WrongPerMillion { get; init; }

    /// <summary>The number of the image that some take by mistake.</summary>
    public int WrongImage { get; init; }

    /// <summary>How long before its restart a node has the image on disk, so that an accident brings it up early.
    /// </summary>
    public SimDuration Lead { get; init; }

    /// <summary>Whether nodes are restarted, or only get the image onto their disks.</summary>
    public bool Restarts { get; init; } = true;
}

/// <summary>A part of a rollout's nodes.</summary>
/// <param name="Soak">How long to wait after its last restart before the next wave.</param>
public abstract record Wave(SimDuration Soak)
{
    /// <summary>So many nodes of each role.</summary>
    public sealed record Canaries(int PerRole, SimDuration Soak) : Wave(Soak);

    /// <summary>Such a share of each role's nodes, on top of the waves before.</summary>
    public sealed record Share(long PerMillion, SimDuration Soak) : Wave(Soak);

    /// <summary>All of a role who were in no wave before.</summary>
    public sealed record OfRole(Role Role, SimDuration Soak) : Wave(Soak);

    /// <summary>All who were in no wave before.</summary>
    public sealed record Rest(SimDuration Soak) : Wave(Soak);
}
