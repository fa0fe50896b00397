using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Stories;

/// <summary>Who takes part in a story, who leads, and whether cruise control steers.</summary>
/// <param name="Nodes">The committee, then followers.</param>
/// <param name="Epochs">Two short epochs of 800 ms a view with the leaders asked for, found by trying seeds in turn.
/// </param>
/// <param name="IsSteered">Off, leaders publish 250 ms after they enter their view.</param>
internal sealed record Setting(
    IReadOnlyList<NodeSpec> Nodes, KnownEpochs Epochs, bool IsSteered)
{
    private static readonly ConcurrentDictionary<string, ulong> Seeds = new(StringComparer.Ordinal);

    public static readonly Block Root = Block.Root(default);

    /// <summary>Reads the lines above the first command.</summary>
    public static Setting Of(IEnumerable<string> lines)
    {
        List<NodeSpec> nodes = [];
        string[] leaders = [];
        string[] keyless = [];
        bool isSteered = false;
        foreach (string line in lines.TakeWhile(line => !line.StartsWith("at ", StringComparison.Ordinal)))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["committee:", ..]) nodes.AddRange(words[1..].Select(Member));
            else if (words is ["followers:", ..])
                nodes.AddRange(words[1..].Select(name => Node(name, Role.Access, 100)));
            else if (words is ["leaders:", ..]) leaders = words[1..];
            else if (words is ["without", "beacon", "key:", ..]) keyless = words[3..];
            else if (words is ["cruise", "control:", "on"]) isSteered = true;
            else if (words.Length > 0 && words[0][0] != '#') throw new FormatException($"not understood: {line}");
        }

        NodeSpec[] all = [.. nodes.Select(node => node with { HasBeaconKey = !keyless.Contains(node.Name) })];
        IReadOnlyList<EpochTiming> epochs = Some.Epochs(views: 20, tauMs: 800);
        return new Setting(all, WithLeaders(all, epochs, leaders), isSteered);
    }

    public static SimTime Time(string seconds) =>
        new((long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * SimDuration.NanosecondsPerSecond));

    public static string Time(SimTime at) =>
        ((decimal)at.Nanoseconds / SimDuration.NanosecondsPerSecond)
            .ToString("0.#########'s'", CultureInfo.InvariantCulture);

    public CruiseControlConfig CruiseControl => CruiseControlConfig.Default with { Enabled = IsSteered };

    private static NodeSpec Member(string word)
    {
        string[] parts = word.Split(':');
        ulong weight = parts.Length > 1 ? ulong.Parse(parts[1], CultureInfo.InvariantCulture) : 100;
        return Node(parts[0], Role.Consensus, weight);
    }

    private static NodeSpec Node(string name, Role role, ulong weight) => new(name, role, weight, 0, "operator");

    private static KnownEpochs WithLeaders(
        IReadOnlyList<NodeSpec> nodes, IReadOnlyList<EpochTiming> epochs, string[] leaders)
    {
        // Leaders of the first views do not depend on how many follow, so few are drawn while searching.
        EpochTiming[] few = [epochs[0] with { FinalView = new View((ulong)leaders.Length + 1) }];
        string key = string.Join(' ', nodes.Select(node => $"{node.Name}:{node.Weight}").Concat(leaders));
        ulong seed = Seeds.GetOrAdd(key, _ => SeedOf(nodes, few, leaders));
        return KnownEpochs.Planned(nodes, epochs, new Luck(seed));
    }

    private static ulong SeedOf(IReadOnlyList<NodeSpec> nodes, EpochTiming[] epochs, string[] leaders)
    {
        for (ulong seed = 0; ; seed++)
        {
            var known = KnownEpochs.Planned(nodes, epochs, new Luck(seed));
            string[] drawn =
                [.. leaders.Select((_, i) => nodes[known.Leader(new View((ulong)i + 1))!.Value.Index].Name)];
            if (drawn.SequenceEqual(leaders, StringComparer.Ordinal)) return seed;
        }
    }
}
