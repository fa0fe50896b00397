using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A scenario as written, checked piece by piece, its world not yet laid over the profile.</summary>
public sealed record ScenarioText(
    YamlScalar NameAt, Place At, string Question, string Profile, YamlMapping World,
        IReadOnlyList<ulong> Seeds,
    RunLength Length, ulong WarmupViews, Place WarmupAt, IReadOnlyList<SetText> Sets,
    IReadOnlyList<Expectation> Expectations, IReadOnlyList<FaultText> Faults, IReadOnlyList<LiarText> Liars)
{
    /// <summary>What counts as equal where it is not the usual, by metric.</summary>
    public required IReadOnlyDictionary<string, Margin> Margins { get; init; }

    /// <summary>Which software nodes run, to be read under the grid's layers; null when all run what is specified.
    /// </summary>
    public YamlNode? Upgrade { get; init; }

    /// <summary>Two factors against an outcome, if asked for.</summary>
    public MapText? Map { get; init; }

    /// <summary>Strategies against cases, if asked for.</summary>
    public GridText? Grid { get; init; }
}

/// <summary>An entry of <c>scenarios</c>, and the file that lists them.</summary>
public static class ScenarioFormat
{
    private static readonly Field<string> Name = new("name", Scalars.Name, "Unique within the file.", true);

    private static readonly Field<string> Question = new("question", Scalars.Text,
        "What the scenario answers, for the report.", true);

    private static readonly Field<string> ProfileName = new("profile",
        Scalars.OneOf("a profile", Profile.BuiltIn),
            "The world to start from; every part can be overridden.", true);

    private static readonly Field<IReadOnlyList<ulong>> Seeds = new("seeds", SeedsFormat.Shape,
        "One run per seed and set; under one seed all sets meet the same network.", true);

    private static readonly Field<RunLength> Length = new("duration", LengthFormat.Section,
        "How long each run is.", true);

    private static readonly Field<long> Warmup = new("warmup-views", Scalars.Whole(0, 1_000_000_000),
        "Views at the start that no mean counts. Default 0.");

    private static readonly Field<IReadOnlyList<SetText>> Sets = new("sets",
        new ListShape<SetText>("a list of at least one parameter set", SetFormat.Section, 1, 1_000),
        "Parameter sets to compare; keys are flow-go's flag names.", true);

    private static readonly Field<IReadOnlyList<Expectation>> Expect = new("expect",
        new ListShape<Expectation>("a list of expectations", ExpectationFormat.Section, 1, 10_000),
        "Bounds that make the scenario a regression test.");

    private static readonly Field<MapText> Map = new("map", MapFormat.Section,
        "Two factors against the probability of an outcome; every pair runs under all seeds.");

    private static readonly Field<IReadOnlyDictionary<string, Margin>> Margins = new("margins", MarginFormat.Shape,
        "What counts as equal in comparisons, by metric: 20ms, 1% of the baseline, or a number in its unit.");

    private static readonly Field<IReadOnlyList<FaultText>> Faults = new("faults",
        new ListShape<FaultText>("a list of faults", FaultFormat.Shape, 1, 10_000),
        "What goes wrong in the world, and when; all sets meet it.");

    private static readonly Field<IReadOnlyList<LiarText>> Liars = new("liars",
        new ListShape<LiarText>("a list of liars", LiarFormat.Shape, 1, 1_000),
        "Consensus nodes that depart from the protocol; all sets meet them.");

    private static readonly Field<YamlNode> Upgrade = new("upgrade", new UnreadShape(UpgradeFormat.Section),
        "Which software nodes run, how it changes, and what operators do; all sets meet it.");

    private static readonly Field<GridText> Grid = new("grid", GridFormat.Section,
        "Strategies of upgrades against cases, at several sensitivities; every cell runs under all seeds.");

    private static readonly Field<SimDuration> CalmFrom = new("calm-from",
        Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(366 * 86_400)),
        "Asserts that every fault has ended by then.");

    public static readonly Section<ScenarioText> Section = new("a scenario",
        [Name, Question, ProfileName, .. WorldFormat.Fields, Faults, Liars, Upgrade, CalmFrom, Seeds, Length, Warmup,
            Sets, Expect, Margins, Map, Grid], Build);

    private static readonly Field<long> Version = new("format", Scalars.Whole(1, 1),
        "Version of the format: 1.", true);

    private static readonly Field<IReadOnlyList<ScenarioText>> Scenarios = new("scenarios",
        new ListShape<ScenarioText>("a list of at least one scenario", Section, 1, 1_000), "The scenarios.", true);

    /// <summary>The whole file.</summary>
    public static readonly Section<IReadOnlyList<ScenarioText>> File = new("the file", [Version, Scenarios],
        at =>
        {
            at.Get(Version);
            IReadOnlyList<ScenarioText> scenarios = at.Get(Scenarios);
            RefuseSameNames("scenario", scenarios, s => s.NameAt);
            return scenarios;
        });

    private static ScenarioText Build(Values at)
    {
        foreach (Field<YamlNode> field in WorldFormat.Fields) at.Layer(field);
        ScenarioText scenario = new((YamlScalar)at.Node(Name)!, at.At, at.Get(Question), at.Get(ProfileName),
            at.Only(WorldFormat.Fields), at.Get(Seeds), at.Get(Length), (ulong)at.Or(Warmup, 0),
            at.Node(Warmup)?.At ?? at.At, at.Get(Sets), at.Or(Expect, []), at.Or(Faults, []), at.Or(Liars, []))
        {
            Margins = at.Or(Margins, new Dictionary<string, Margin>(StringComparer.Ordinal)),
            Map = at.Or(Map, null!),
            Grid = at.Or(Grid, null!),
            Upgrade = at.Layer(Upgrade),
        };
        at.Get(Name);
        RefuseSameNames("set", scenario.Sets, s => s.NameAt);
        foreach (Expectation expectation in scenario.Expectations)
        {
            RefuseUnknownSet(expectation, scenario.Sets);
            if (scenario.Map is not null && expectation.Set is not null)
                throw expectation.At.Error("the sets of a map are its cells; leave out 'set', or the map");
            if (scenario.Grid is not null)
                throw expectation.At.Error("what is expected of a grid stands in its scoreboard; remove this");
        }

        scenario.Map?.Check(scenario.Sets);
        scenario.Grid?.Check(scenario);
        IReadOnlyList<FaultText> faults = [.. scenario.Faults, .. scenario.Map?.Faults() ?? [],
            .. scenario.Grid?.Faults() ?? []];
        if (at.Has(CalmFrom)) RefuseLateFaults(faults, SimTime.Zero + at.Get(CalmFrom));
        return scenario;
    }

    private static void RefuseLateFaults(IReadOnlyList<FaultText> faults, SimTime calm)
    {
        foreach (FaultText fault in faults)
        {
            if (fault.During.Until > calm)
                throw fault.DuringAt.Error($"{WindowFormat.Format(fault.During)} reaches beyond calm-from, "
                    + GoDuration.Format(calm - SimTime.Zero));
        }
    }

    private static void RefuseUnknownSet(Expectation expectation, IReadOnlyList<SetText> sets)
    {
        if (expectation.Set is null) return;
        List<string> names = [];
        foreach (SetText set in sets) names.Add(set.Name);
        if (!names.Contains(expectation.Set))
            throw expectation.At.Error(
                $"there is no set '{expectation.Set}'; {Nearest.Allowed(expectation.Set, names)}");
    }

    private static void RefuseSameNames<T>(string what, IReadOnlyList<T> things, Func<T, YamlScalar> nameOf)
    {
        Dictionary<string, Place> seen = new(StringComparer.Ordinal);
        foreach (T thing in things)
        {
            YamlScalar name = nameOf(thing);
            if (!seen.TryAdd(name.Text, name.At))
                throw name.At.Error(FormattableString.Invariant(
                    $"two {what}s are called '{name.Text}', the first in line {seen[name.Text].Line}; ")
                    + "rename one");
        }
    }
}
