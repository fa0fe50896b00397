using System.Collections.Generic;
using System.Linq;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>An entry of <c>rollouts</c>.</summary>
public static class RolloutFormat
{
    private const long Million = 1_000_000;
    private const int FewestGated = 2;

    private static readonly SimDuration Year = SimDuration.FromSeconds(366 * 86_400);

    private static readonly Field<YamlScalar> Image = new("image", ImageName.Shape, "To which image.", true);

    private static readonly Field<ChoiceText> Of = new("of", ChoiceFormat.Section, "Whose nodes. Default all.");

    private static readonly Field<SimDuration> From = new("from", Scalars.Duration(SimDuration.Zero, Year),
        "When the first wave begins.", true);

    private static readonly Field<bool> ByOperator = new("by", Choices.Of("one who decides",
        [("node", false), ("operator", true)]),
        "Whether an operator restarts all own nodes at once. Default node.");

    private static readonly Field<bool> Gate = new("gate", Scalars.Truth,
        "Whether no further wave begins once a node changed before has ended by itself. Default false.");

    private static readonly Field<long> MaxOffline = new("max-offline", Scalars.Percent,
        "Share of a role's weight that may be down at a time by the plan. Default all.");

    private static readonly Field<long> Never = new("never", Scalars.Percent,
        "Chance that a node never changes. Default 0%.");

    private static readonly Field<long> WrongShare = new("share", Scalars.Percent, "Chance of a mistake.", true);
    private static readonly Field<YamlScalar> WrongImage = new("image", ImageName.Shape, "What it takes.", true);

    private static readonly Field<(long Share, YamlScalar Image)> Wrong = new("wrong",
        new Section<(long, YamlScalar)>("a mistake", [WrongShare, WrongImage],
            at => (at.Get(WrongShare), at.Get(WrongImage))),
        "Chance that a node that changes takes another image by mistake, and which.");

    private static readonly Field<SimDuration> Lead = new("lead", Scalars.Duration(SimDuration.Zero, Year),
        "How long before its restart a node has the image on disk, but not before its wave begins, unless that is the "
        + "first; an accident then brings it up. Default 0s.");

    private static readonly Field<bool> Restart = new("restart", Scalars.Truth,
        "Whether nodes restart, or only get the image onto their disks. Default true.");

    public static readonly Section<RolloutText> Section = SectionOf(PaceFormat.Kinds, WaveFormat.Kinds);

    /// <summary>A rollout in a format with these paces and waves.</summary>
    public static Section<RolloutText> SectionOf(IReadOnlyList<PaceKind> paces, IReadOnlyList<WaveKind> waves)
    {
        Field<IReadOnlyList<Wave>> waveField = new("waves", WaveFormat.ShapeOf(waves),
            "The waves in order; who is in none never changes. Default everybody in one.");
        return new Section<RolloutText>("a rollout", [Image, Of, From, .. paces.Select(kind => kind.Key), ByOperator,
            waveField, Gate, MaxOffline, Never, Wrong, Lead, Restart], at => Build(at, paces, waveField));
    }

    private static RolloutText Build(
        Values at, IReadOnlyList<PaceKind> paces, Field<IReadOnlyList<Wave>> waveField)
    {
        bool isByOperator = at.Or(ByOperator, false);
        if (isByOperator && at.Has(MaxOffline))
            throw at.Error("an operator restarts all own nodes at once; remove 'max-offline', or write by: node",
                MaxOffline);
        (long wrongShare, YamlScalar? wrong) = at.Or(Wrong, default);
        RefuseIdleShares(at, wrongShare);
        IReadOnlyList<Wave> waves = at.Or(waveField, []);
        RefuseIdleKeys(at, waves.Count);
        return new RolloutText(at.Get(Image), at.Or(Of, null!), wrong, at.Node(From)!.At, at.Node(ByOperator)?.At,
            at.Node(MaxOffline)?.At ?? at.At, WaveFormat.PlacesOf(at.Node(waveField)),
            new Rollout(0, new NodeSet(0, []), SimTime.Zero + at.Get(From))
            {
                Pace = PaceFormat.Read(at, paces),
                IsByOperator = isByOperator,
                Waves = waves,
                IsGated = at.Or(Gate, false),
                MaxOfflinePerMillion = at.Has(MaxOffline) ? at.Get(MaxOffline) : null,
                NeverPerMillion = at.Or(Never, 0),
                WrongPerMillion = wrongShare,
                Lead = at.Or(Lead, SimDuration.Zero),
                Restarts = at.Or(Restart, true),
            });
    }

    private static void RefuseIdleShares(Values at, long wrongShare)
    {
        if (at.Or(Never, 0) == Million) throw at.Error("with 'never: 100%' nobody changes; write less", Never);
        if (wrongShare == Million)
            throw at.Error("with 100% everybody takes the wrong image; write less, or a rollout of that image", Wrong);
    }

    /// <summary>Keys that decide nothing beside the others.</summary>
    private static void RefuseIdleKeys(Values at, int waves)
    {
        foreach (Field field in (Field[])[Lead, MaxOffline, Gate])
        {
            if (at.Has(field) && !at.Or(Restart, true))
                throw at.Error($"nothing restarts here, so '{field.Key}' decides nothing; remove it", field);
        }

        if (at.Or(Lead, SimDuration.Zero) > at.Get(From))
            throw at.Error("the image would be staged before the run begins; at most "
                + $"{GoDuration.Format(at.Get(From))}, which is 'from'", Lead);
        if (at.Or(Gate, false) && waves < FewestGated)
            throw at.Error("a gate keeps the next wave from beginning; write two waves or more", Gate);
    }
}
