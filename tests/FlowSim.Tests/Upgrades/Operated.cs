using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Upgrades;

namespace FlowSim.Tests.Upgrades;

/// <summary>Operators with a clock and processes that do nothing but run: what they do to whom, and when.</summary>
internal sealed class Operated
{
    private readonly PriorityQueue<Action, (SimTime At, int Order)> agenda = new();
    private readonly Directions directions = new();
    private readonly Operations operations;
    private int order;

    public Operated(UpgradeSpec spec, IReadOnlyList<NodeSpec> nodes, ulong seed = 1)
    {
        Installations = new Installations(spec.Images, spec.Initial, nodes.Count);
        operations = new Operations(spec, nodes, Installations, new Luck(seed));
        for (int node = 0; node < nodes.Count; node++) Start(SimTime.Zero, node);
        operations.Begin(directions);
        Follow(SimTime.Zero);
    }

    public Installations Installations { get; }

    /// <summary>Starts, with the image that then runs.</summary>
    public List<(SimTime At, int Node, int Image)> Starts { get; } = [];

    public List<(SimTime At, int Node, StopCause Cause)> Stops { get; } = [];

    public List<Notice.WaveReviewed> Reviews { get; } = [];

    /// <summary>A process will end by itself.</summary>
    public Operated Ending(SimTime at, int node, StopCause cause)
    {
        agenda.Enqueue(() => Stop(at, node, cause), (at, order++));
        return this;
    }

    public Operated Until(SimTime end)
    {
        while (agenda.TryPeek(out Action? act, out (SimTime At, int Order) due) && due.At <= end)
        {
            agenda.Dequeue();
            act();
            Follow(due.At);
        }

        return this;
    }

    private void Start(SimTime at, int node)
    {
        Installations.Run(node);
        Starts.Add((at, node, Installations.Running(node)));
        operations.Started(node);
    }

    private void Stop(SimTime at, int node, StopCause cause)
    {
        Stops.Add((at, node, cause));
        operations.Stopped(at, node, cause, directions);
    }

    private void Follow(SimTime now)
    {
        List<Direction> wanted = [.. directions.Now];
        foreach ((SimTime at, Errand errand) in directions.Later)
            agenda.Enqueue(() => operations.Due(at, errand, directions), (at, order++));
        Reviews.AddRange(directions.Said.Select(said => (Notice.WaveReviewed)said.Notice));
        directions.Clear();
        foreach (Direction direction in wanted)
        {
            if (direction.What == Handling.Install) Installations.Install(direction.Node, direction.Image);
            else if (direction.What == Handling.Start) Start(now, direction.Node);
            else if (direction.What == Handling.Stop) Stop(now, direction.Node, direction.Cause);
            if (directions.Now.Count > 0) throw new InvalidOperationException("a stop is answered at once");
        }

        if (directions.Later.Count > 0) Follow(now);
    }
}
