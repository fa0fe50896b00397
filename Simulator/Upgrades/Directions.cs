using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>What operators want: at once, in order, and later. Re-used.</summary>
public sealed class Directions
{
    private readonly List<Direction> now = [];
    private readonly List<(SimTime At, Errand Errand)> later = [];
    private readonly List<(int Node, Notice Notice)> said = [];

    public IReadOnlyList<Direction> Now => now;

    public IReadOnlyList<(SimTime At, Errand Errand)> Later => later;

    /// <summary>What observers may know of it.</summary>
    public IReadOnlyList<(int Node, Notice Notice)> Said => said;

    public void Clear()
    {
        now.Clear();
        later.Clear();
        said.Clear();
    }

    internal void Stop(int node, StopCause cause) => now.Add(new Direction(Handling.Stop, node, 0, cause));

    internal void Start(int node) => now.Add(new Direction(Handling.Start, node));

    internal void Install(int node, int image) => now.Add(new Direction(Handling.Install, node, image));

    internal void BackUp(int node) => now.Add(new Direction(Handling.BackUp, node));

    internal void Restore(int node) => now.Add(new Direction(Handling.Restore, node));

    internal void CopyDisk(int node, int from) => now.Add(new Direction(Handling.CopyDisk, node, From: from));

    internal void BeginAnew(int node) => now.Add(new Direction(Handling.BeginAnew, node));

    internal void Remind(SimTime at, Errand errand) => later.Add((at, errand));

    internal void Say(int node, Notice notice) => said.Add((node, notice));
}

/// <summary>One thing that is done to a node.</summary>
/// <param name="What">What.</param>
/// <param name="Node">To whom.</param>
/// <param name="Image">For an installation.</param>
/// <param name="Cause">For a stop.</param>
/// <param name="From">For a copied disk, whose disk.</param>
public readonly record struct Direction(
    Handling What, int Node, int Image = 0, StopCause Cause = StopCause.Plan, int From = 0);
