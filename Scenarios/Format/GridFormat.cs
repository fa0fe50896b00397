using System;
using System.Collections.Generic;
using FlowSim.Analysis;
using FlowSim.Analysis.Divergence;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A grid as written: every strategy meets every case at every sensitivity.</summary>
/// <param name="At">Where it is written.</param>
/// <param name="Role">Whose starts count; null for everybody's.</param>
/// <param name="Strategies">The columns.</param>
/// <param name="Cases">The rows; the first is what the others are held against.</param>
/// <param name="Sensitivities">Of all behaviours of images.</param>
/// <param name="Scoreboard">What strategies are judged by.</param>
public sealed record GridText(
    Place At, Chain.Role? Role, IReadOnlyList<GridLayer> Strategies, IReadOnlyList<GridLayer> Cases,
    IReadOnlyList<double> Sensitivities, IReadOnlyList<CriterionText> Scoreboard)
{
    /// <summary>The faults of all cases.</summary>
    public IEnumerable<FaultText> Faults()
    {
        foreach (GridLayer one in Cases)
        {
            foreach (FaultText fault in one.Faults) yield return fault;
        }
    }

    /// <summary>Refuses what does not fit the scenario.</summary>
    public void Check(ScenarioText scenario)
    {
        if (scenario.Map is not null) throw At.Error("a scenario is a map or a grid; remove one");
        if (scenario.Sets.Count > 1)
            throw scenario.Sets[1].NameAt.At.Error("the sets of a grid are its cells; keep one set to start from");
        List<string> names = [];
        foreach (GridLayer one in Cases) names.Add(one.Name.Text);
        foreach (CriterionText criterion in Scoreboard)
        {
            foreach (ConditionText condition in criterion.All)
            {
                if (!names.Contains(condition.Case.Text))
                    throw condition.Case.At.Error($"there is no case '{condition.Case.Text}'; "
                        + Nearest.Allowed(condition.Case.Text, names));
            }
        }
    }
}

/// <summary>What a strategy or a case lays over the scenario.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">The class of starts that a case is about; null for all but first ones.</param>
/// <param name="Upgrade">Over the scenario's upgrade.</param>
/// <param name="Protocol">Over its protocol.</param>
/// <param name="Faults">Beside its faults.</param>
public sealed record GridLayer(
    YamlScalar Name, RejoinClass? Class, YamlNode? Upgrade, YamlNode? Protocol, IReadOnlyList<FaultText> Faults);

/// <summary>A line of the scoreboard: met if every condition holds in every run.</summary>
public sealed record CriterionText(string Name, IReadOnlyList<ConditionText> All);

/// <summary>An outcome that a case must have at the first sensitivity.</summary>
public sealed record ConditionText(YamlScalar Case, Outcome Outcome);

/// <summary>The <c>grid</c> section: strategies of upgrades against what happens to nodes.</summary>
public static class GridFormat
{
    private static readonly Field<YamlScalar> Name = new("name",
        new MappedShape<string, YamlScalar>(Scalars.Name, (_, node) => (YamlScalar)node), "Unique among them.", true);

    private static readonly Field<YamlNode> Upgrade = new("upgrade", new UnreadShape(UpgradeFormat.Section),
        "Laid over the scenario's upgrade; lists take the place of lists.");

    private static readonly Field<YamlNode> Protocol = new("protocol", new UnreadShape(ProtocolFormat.Section),
        "Laid over the scenario's protocol; lists take the place of lists.");

    private static readonly Field<IReadOnlyList<FaultText>> Faults = new("faults",
        new ListShape<FaultText>("a list of faults", FaultFormat.Shape, 1, 1_000), "Beside the scenario's faults.");

    private static readonly Field<RejoinClass> Class = new("class", Choices.Of("a class of starts", Classes()),
        "Only starts of this class count: rj1 to rj12. Default all restarts and new nodes.");

    private static readonly Field<Chain.Role> Role = new("role", Choices.Of("a role", NodesFormat.Roles),
        "Only starts at nodes of this role count. Default all.");

    private static readonly Field<IReadOnlyList<GridLayer>> Strategies = new("strategies",
        new ListShape<GridLayer>("a list of at least one strategy", new Section<GridLayer>("a strategy of a grid",
            [Name, Upgrade, Protocol], at => new GridLayer(at.Get(Name), null, at.Layer(Upgrade), at.Layer(Protocol),
                [])), 1, 100), "Columns: by which rules the software changes.", true);

    private static readonly Field<IReadOnlyList<GridLayer>> Cases = new("cases",
        new ListShape<GridLayer>("a list of at least one case", new Section<GridLayer>("a case of a grid",
            [Name, Class, Upgrade, Protocol, Faults], at => new GridLayer(at.Get(Name),
                at.Has(Class) ? at.Get(Class) : null, at.Layer(Upgrade), at.Layer(Protocol), at.Or(Faults, []))),
            1, 100), "Rows: what happens. What others lose is held against the first.", true);

    private static readonly Field<IReadOnlyList<double>> Sensitivities = new("sensitivities",
        new ListShape<double>("a list of at least one sensitivity", Scalars.Real(0, 1), 1, 100),
        "In place of the sensitivities of all behaviours of images, falling: [1, 0.01, 0.0001].", true);

    private static readonly Field<string> Criterion = new("name", Scalars.Text, "What is judged.", true);

    private static readonly Field<YamlScalar> Case = new("case",
        new MappedShape<string, YamlScalar>(Scalars.Name, (_, node) => (YamlScalar)node), "In which case.", true);

    private static readonly Section<ConditionText> Condition = new("a condition",
        [Case, .. OutcomeFormat.Fields], at => new ConditionText(at.Get(Case), OutcomeFormat.Of(at)));

    private static readonly Field<IReadOnlyList<ConditionText>> All = new("all",
        new ListShape<ConditionText>("a list of at least one condition", Condition, 1, 100),
        "Met if all of these hold in every run of the first sensitivity.", true);

    private static readonly Field<IReadOnlyList<CriterionText>> Scoreboard = new("scoreboard",
        new ListShape<CriterionText>("a list of criteria", new Section<CriterionText>("a criterion", [Criterion, All],
            at => new CriterionText(at.Get(Criterion), at.Get(All))), 1, 100),
        "What the strategies are judged by.");

    public static readonly Section<GridText> Section = new("a grid",
        [Role, Strategies, Cases, Sensitivities, Scoreboard], Build);

    private static GridText Build(Values at)
    {
        GridText grid = new(at.At, at.Has(Role) ? at.Get(Role) : null, at.Get(Strategies), at.Get(Cases),
            at.Get(Sensitivities), at.Or(Scoreboard, []));
        RefuseSameNames("strategies", grid.Strategies);
        RefuseSameNames("cases", grid.Cases);
        for (int i = 1; i < grid.Sensitivities.Count; i++)
        {
            if (grid.Sensitivities[i] >= grid.Sensitivities[i - 1])
                throw at.Error("sensitivities must fall", Sensitivities);
        }

        return grid;
    }

    private static void RefuseSameNames(string what, IReadOnlyList<GridLayer> layers)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (GridLayer layer in layers)
        {
            if (!seen.Add(layer.Name.Text))
                throw layer.Name.At.Error($"two {what} are called '{layer.Name.Text}'; rename one");
        }
    }

    private static (string, RejoinClass)[] Classes() =>
        Array.ConvertAll(Enum.GetValues<RejoinClass>()[1..], one => (ClassMetrics.NameOf(one), one));
}
