using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>A way of saying who is in a wave: a key of one.</summary>
/// <param name="Key">The key.</param>
/// <param name="Read">The wave out of what stands there, and how long to wait after it.</param>
public sealed record WaveKind(Field Key, Func<Values, SimDuration, Wave> Read)
{
    /// <summary>A kind by its key, what may stand there, and what that means.</summary>
    public static WaveKind Of<T>(string key, Shape<T> shape, string description, Func<T, SimDuration, Wave> make)
    {
        Field<T> field = new(key, shape, description);
        return new WaveKind(field, (at, soak) => make(at.Get(field), soak));
    }
}

/// <summary>An entry of <c>waves</c>: a part of a rollout's nodes.</summary>
public static class WaveFormat
{
    private const long Million = 1_000_000;

    private static readonly Field<SimDuration> Soak = new("soak",
        Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(366 * 86_400)),
        "How long to wait after the wave's last restart. Default 0s.");

    /// <summary>All kinds of waves.</summary>
    public static readonly IReadOnlyList<WaveKind> Kinds =
    [
        WaveKind.Of("canaries", Scalars.Whole(1, 1_000), "So many nodes of each role.",
            (count, soak) => new Wave.Canaries((int)count, soak)),
        WaveKind.Of("share", Scalars.Percent, "Such a share of each role's nodes, on top of the waves before.",
            (share, soak) => new Wave.Share(share, soak)),
        WaveKind.Of("role", Choices.Of("a role", NodesFormat.Roles), "All of a role who were in no wave before.",
            (role, soak) => new Wave.OfRole(role, soak)),
        WaveKind.Of("rest", RestShape, "All who were in no wave before.", (_, soak) => new Wave.Rest(soak)),
    ];

    private static MappedShape<bool, bool> RestShape => new(Scalars.Truth, (isTrue, node) => isTrue
        ? true
        : throw node.At.Error("a wave of no rest has nobody; remove it"));

    /// <summary>The waves of a rollout in a format with these kinds.</summary>
    public static Shape<IReadOnlyList<Wave>> ShapeOf(IReadOnlyList<WaveKind> kinds)
    {
        Field[] keys = [.. kinds.Select(kind => kind.Key)];
        Section<Wave> section = new("a wave", [.. keys, Soak], at => kinds.First(kind => at.Has(kind.Key))
            .Read(at, at.Or(Soak, SimDuration.Zero)), keys);
        return new MappedShape<IReadOnlyList<Wave>, IReadOnlyList<Wave>>(
            new ListShape<Wave>("a list of waves", section, 1, 100), RefuseMoreThanAll);
    }

    /// <summary>Where each wave stands.</summary>
    public static IReadOnlyList<Place> PlacesOf(YamlNode? waves) =>
        waves is YamlList list ? [.. list.Items.Select(item => item.At)] : [];

    private static IReadOnlyList<Wave> RefuseMoreThanAll(IReadOnlyList<Wave> waves, YamlNode node)
    {
        long share = 0;
        for (int i = 0; i < waves.Count; i++)
        {
            share += waves[i].RaisePerMillion;
            if (share > Million)
                throw ((YamlList)node).Items[i].At.Error(System.FormattableString.Invariant(
                    $"with this wave the shares come to {share / 10_000m:0.####}% of the nodes; at most 100%"));
        }

        return waves;
    }
}
