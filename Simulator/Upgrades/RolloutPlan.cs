using System;
using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>A node's change to an image, as planned.</summary>
/// <param name="Node">Index into the population.</param>
/// <param name="Image">The number of the image.</param>
/// <param name="After">When the node goes down, since the wave began.</param>
/// <param name="Downtime">How long it is down; zero when it only gets the image onto its disk.</param>
public readonly record struct PlannedSwap(int Node, int Image, SimDuration After, SimDuration Downtime)
{
    /// <summary>When the node is back, since the wave began.</summary>
    public SimDuration Back => After + Downtime;
}

/// <summary>Who changes when in a rollout: a pure function of the population and the seed.</summary>
/// <remarks>
/// Draws are named by image and by node or operator, so that another node changes nobody's habit, time, downtime or
/// mistake, and at most one member per wave and role. A limit on who is down moves nodes to later times.
/// </remarks>
public sealed class RolloutPlan
{
    private const long Million = 1_000_000;

    private readonly Rollout rollout;
    private readonly IReadOnlyList<NodeSpec> nodes;
    private readonly OperatorSpec operators;
    private readonly ulong[] keys;
    private readonly Luck.Purpose luck;
    private readonly PlannedSwap[][] waves;

    /// <param name="rollout">The rollout.</param>
    /// <param name="image">The name of its image.</param>
    /// <param name="nodes">The population.</param>
    /// <param name="operators">How long restarts take.</param>
    /// <param name="seed">The draws of the run.</param>
    /// <exception cref="ArgumentException">The limit is less than a node's weight.</exception>
    public RolloutPlan(Rollout rollout, string image, IReadOnlyList<NodeSpec> nodes, OperatorSpec operators, Luck seed)
    {
        (this.rollout, this.nodes, this.operators) = (rollout, nodes, operators);
        luck = seed.For("rollout").About(Mix64.OfText(image));
        keys = NodeSpec.Keys(nodes);
        ulong[] deciders = rollout.IsByOperator ? Operators(nodes) : keys;
        int[][] members = RolloutWaves.Of(rollout, nodes, deciders, luck.About(1));
        waves = Array.ConvertAll(members, wave => Planned(wave, deciders));
    }

    public int Waves => waves.Length;

    /// <summary>The changes of a wave, in the order of their times.</summary>
    public IReadOnlyList<PlannedSwap> Wave(int wave) => waves[wave];

    /// <summary>When a wave's last node is back, since the wave began.</summary>
    public SimDuration LengthOf(int wave)
    {
        SimDuration last = SimDuration.Zero;
        foreach (PlannedSwap swap in waves[wave]) last = SimDuration.Max(last, swap.Back);
        return last;
    }

    /// <summary>How long to wait after that.</summary>
    public SimDuration SoakOf(int wave) => rollout.Waves.Count == 0 ? SimDuration.Zero : rollout.Waves[wave].Soak;

    private static ulong[] Operators(IReadOnlyList<NodeSpec> nodes)
    {
        ulong[] operators = new ulong[nodes.Count];
        for (int node = 0; node < operators.Length; node++) operators[node] = Mix64.OfText(nodes[node].Operator);
        return operators;
    }

    private PlannedSwap[] Planned(int[] wave, ulong[] deciders)
    {
        var swaps = new List<PlannedSwap>();
        foreach (int node in wave)
        {
            ulong decider = deciders[node];
            if (HasLot(2, decider, rollout.NeverPerMillion) || After(decider) is not { } after) continue;
            int image = HasLot(3, decider, rollout.WrongPerMillion) ? rollout.WrongImage : rollout.Image;
            swaps.Add(new PlannedSwap(node, image, after, Downtime(node)));
        }

        swaps.Sort((a, b) => a.After != b.After ? a.After.CompareTo(b.After) : keys[a.Node].CompareTo(keys[b.Node]));
        return rollout.MaxOfflinePerMillion is { } limit ? OfflineLimit.Keep(swaps, nodes, limit) : [.. swaps];
    }

    private bool HasLot(ulong what, ulong decider, long perMillion) =>
        Luck.Below(luck.About(what).Draw(decider), Million) < perMillion;

    private SimDuration? After(ulong decider) => rollout.Pace.After(decider, luck.About(4), luck.About(5));

    private SimDuration Downtime(int node) => rollout.Restarts
        ? new SimDuration(operators.DowntimeOf(nodes[node].Role).Value(luck.About(6).Draw(keys[node])))
        : SimDuration.Zero;
}
