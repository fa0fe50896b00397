using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The <c>seeds</c> key: one seed, a list, or a range.</summary>
public static class SeedsFormat
{
    private const int Most = 1_000_000;

    private static readonly ScalarShape<ulong> One = new(
        "a seed", false, Seed, () => new JsonObject { ["type"] = "integer", ["minimum"] = 0 });

    private static readonly ScalarShape<IReadOnlyList<ulong>> Range = new(
        "a seed, a list such as [3, 5, 8] or a range such as 1..10", false, FromText,
        () => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
                new JsonObject { ["type"] = "string", ["pattern"] = @"^\d+\.\.\d+$" }),
        });

    private static readonly MappedShape<IReadOnlyList<ulong>, IReadOnlyList<ulong>> List = new(
        new ListShape<ulong>("a list of at least one seed", One, 1), Distinct);

    public static readonly Shape<IReadOnlyList<ulong>> Shape =
        new EitherShape<IReadOnlyList<ulong>>(Range.Expected, Range, List, null);

    private static IReadOnlyList<ulong> FromText(string text)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return [Seed(text)];
        ulong first = Seed(text[..dots]);
        ulong last = Seed(text[(dots + 2)..]);
        if (first > last)
            throw new FormatException($"the range {text} is reversed; write the smaller seed first");
        if (last - first >= Most)
            throw new FormatException($"the range {text} has more than a million seeds");
        ulong[] seeds = new ulong[last - first + 1];
        for (int i = 0; i < seeds.Length; i++) seeds[i] = first + (ulong)i;
        return seeds;
    }

    private static IReadOnlyList<ulong> Distinct(IReadOnlyList<ulong> seeds, YamlNode node)
    {
        HashSet<ulong> seen = [];
        for (int i = 0; i < seeds.Count; i++)
        {
            if (!seen.Add(seeds[i]))
                throw ((YamlList)node).Items[i].At.Error(
                    FormattableString.Invariant($"seed {seeds[i]} stands twice; each seed is one run"));
        }

        return seeds;
    }

    private static ulong Seed(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new FormatException(
                $"'{text}' is not a seed; write a whole number, a list such as [3, 5, 8] "
                + "or a range such as 1..10");
}
