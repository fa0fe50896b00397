using System.Collections.Generic;
using FlowSim.Faults;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>A plan by which nodes change to an image.</summary>
/// <param name="Image">The number of the image.</param>
/// <param name="Nodes">Whose.</param>
/// <param name="From">When the first wave begins.</param>
public sealed record Rollout(int Image, NodeSet Nodes, SimTime From)
{
    /// <summary>How soon those of a wave act.</summary>
    public Pace Pace { get; init; } = Pace.AtOnce;

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
