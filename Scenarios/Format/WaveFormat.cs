using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>An entry of <c>waves</c>: a part of a rollout's nodes.</summary>
public static class WaveFormat
{
    private const long Million = 1_000_000;

    private static readonly Field<long> Canaries = new("canaries", Scalars.Whole(1, 1_000),
        "So many nodes of each role.");

    private static readonly Field<long> Share = new("share", Scalars.Percent,
        "Such a share of each role's nodes, on top of the waves before.");

    private static readonly Field<Role> OfRole = new("role", Choices.Of("a role", NodesFormat.Roles),
        "All of a role who were in no wave before.");

    private static readonly Field<bool> Rest = new("rest", Scalars.Truth, "All who were in no wave before.");

    private static readonly Field<SimDuration> Soak = new("soak",
        Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(366 * 86_400)),
        "How long to wait after the wave's last restart. Default 0s.");

    private static readonly Section<Wave> Section = new("a wave", [Canaries, Share, OfRole, Rest, Soak], Build,
        Canaries, Share, OfRole, Rest);

    /// <summary>The waves of a rollout.</summary>
    public static readonly Shape<IReadOnlyList<Wave>> Shape = new MappedShape<IReadOnlyList<Wave>, IReadOnlyList<Wave>>(
        new ListShape<Wave>("a list of waves", Section, 1, 100), RefuseMoreThanAll);

    /// <summary>Where each wave stands.</summary>
    public static IReadOnlyList<Place> PlacesOf(YamlNode? waves) =>
        waves is YamlList list ? [.. list.Items.Select(item => item.At)] : [];

    private static Wave Build(Values at)
    {
        SimDuration soak = at.Or(Soak, SimDuration.Zero);
        if (at.Has(Canaries)) return new Wave.Canaries((int)at.Get(Canaries), soak);
        if (at.Has(Share)) return new Wave.Share(at.Get(Share), soak);
        if (at.Has(OfRole)) return new Wave.OfRole(at.Get(OfRole), soak);
        return at.Get(Rest) ? new Wave.Rest(soak) : throw at.Error("a wave of no rest has nobody; remove it", Rest);
    }

    private static IReadOnlyList<Wave> RefuseMoreThanAll(IReadOnlyList<Wave> waves, YamlNode node)
    {
        long share = 0;
        for (int i = 0; i < waves.Count; i++)
        {
            share += waves[i] is Wave.Share part ? part.PerMillion : 0;
            if (share > Million)
                throw ((YamlList)node).Items[i].At.Error(System.FormattableString.Invariant(
                    $"with this wave the shares come to {share / 10_000m:0.####}% of the nodes; at most 100%"));
        }

        return waves;
    }
}
