using System;
using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>How long those who run nodes take, and when accidents happen: draws named by node and occasion.</summary>
internal sealed class Reactions
{
    private const long Million = 1_000_000;

    private readonly OperatorSpec spec;
    private readonly IReadOnlyList<NodeSpec> nodes;
    private readonly ulong[] keys;
    private readonly ulong[] operators;
    private readonly ulong[] restarts;
    private readonly Quantiles?[] untilAccident;
    private readonly Luck.Purpose downtime;
    private readonly Luck.Purpose swap;
    private readonly Luck.Purpose asleep;
    private readonly Luck.Purpose accidents;

    public Reactions(OperatorSpec spec, IReadOnlyList<NodeSpec> nodes, Luck luck)
    {
        (this.spec, this.nodes) = (spec, nodes);
        keys = NodeSpec.Keys(nodes);
        operators = new ulong[nodes.Count];
        for (int node = 0; node < operators.Length; node++) operators[node] = Mix64.OfText(nodes[node].Operator);
        restarts = new ulong[nodes.Count];
        untilAccident = new Quantiles?[Enum.GetValues<Chain.Role>().Length + 1];
        foreach (CrashRate rate in spec.Crashes)
            untilAccident[(int)rate.Role] ??= Quantiles.Exponential(rate.MeanBetween.Nanoseconds);
        downtime = luck.For("downtime of a restart");
        swap = luck.For("delay of a swap");
        asleep = luck.For("operator asleep");
        accidents = luck.For("accident of a process");
    }

    /// <summary>How long the next restart of a node takes.</summary>
    public SimDuration Downtime(int node) => new(spec.DowntimeOf(nodes[node].Role)
        .Value(downtime.About(keys[node]).Draw(restarts[node]++)));

    /// <summary>From the end of a node that is too old to its start with an image.</summary>
    public SimDuration SwapDelay(int node, int image)
    {
        var delay = new SimDuration(spec.SwapDelay.Value(swap.About(keys[node]).Draw((ulong)image)));
        bool sleeps = Luck.Below(asleep.Draw(operators[node], (ulong)image), Million) < spec.AsleepPerMillion;
        return sleeps
            ? delay + new SimDuration(spec.Asleep.Value(asleep.Draw(operators[node], (ulong)image, 1)))
            : delay;
    }

    /// <summary>When a node's next accident happens; null for never.</summary>
    /// <param name="node">The node.</param>
    /// <param name="last">When the last one happened, or the start of the run.</param>
    /// <param name="count">Accidents before.</param>
    public SimTime? Accident(int node, SimTime last, ulong count) => untilAccident[(int)nodes[node].Role] is { } until
        ? last + new SimDuration(long.Max(1, until.Value(accidents.About(keys[node]).Draw(count))))
        : null;
}
