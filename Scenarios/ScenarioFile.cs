using System.Collections.Generic;
using System.Linq;
using System.Text;
using FlowSim.Network;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>A scenario file with everything it draws in, read and checked.</summary>
/// <param name="Name">The path as its user wrote it.</param>
/// <param name="Files">The file and all it draws in, as read.</param>
/// <param name="Scenarios">The scenarios, in the order of the file.</param>
public sealed record ScenarioFile(string Name, Closure Files, IReadOnlyList<Scenario> Scenarios)
{
    /// <summary>SHA-256 of the file and all it draws in, lower-case hexadecimal.</summary>
    public string Hash { get; } = Files.Hash();

    /// <summary>Reads a file from the disk.</summary>
    /// <exception cref="ScenarioException">The first mistake found.</exception>
    public static ScenarioFile Load(string path) => Of(new Closure(path));

    /// <summary>Reads a file that a command of FlowSim wrote itself.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="ScenarioException">The first mistake found.</exception>
    public static ScenarioFile Of(string name, string text) =>
        Of(new Closure(new InputFile(name, Encoding.UTF8.GetBytes(text), text)));

    /// <summary>Reads what is in memory already.</summary>
    /// <exception cref="ScenarioException">The first mistake found.</exception>
    public static ScenarioFile Of(Closure files)
    {
        IReadOnlyList<ScenarioText> texts = ScenarioFormat.File.Read(YamlText.Parse(files.Root));
        List<Scenario> scenarios = [];
        foreach (ScenarioText text in texts) scenarios.Add(Resolve(text, files));
        return new ScenarioFile(files.Root.Name, files, scenarios);
    }

    private static Scenario Resolve(ScenarioText text, Closure files)
    {
        Profile profile = Profile.Read(files.BuiltIn("Profiles", $"{text.Profile}.yaml"));
        World world = new(text, profile);
        NetworkText network = world.Read(NetworkFormat.Section, WorldFormat.Network);
        RttMatrix matrix = RttMatrix.Read(MatrixName.IsPath(network.Rtt.Text)
            ? files.Include(network.Rtt)
            : files.BuiltIn("Data", $"{network.Rtt.Text}.csv"));
        var scenario = new Scenario
        {
            Name = text.NameAt.Text,
            Question = text.Question,
            Profile = profile.Name,
            Nodes = Population.Of(world.Read(NodesFormat.Shape, WorldFormat.Nodes), network, matrix, files),
            Network = NetworkOf(network, matrix),
            Processing = world.Processing,
            Pipeline = world.Pipeline,
            Protocol = text.Grid is null ? world.Protocol() : null,
            Calibrations = world.Calibrations,
            Faults = text.Faults,
            Liars = text.Liars,
            Upgrade = text.Grid is null ? world.Upgrade() : null,
            Sets = CellsOf(text, world),
            Map = text.Map is { } map ? new ScenarioMap(map) : null,
            Grid = text.Grid is { } grid ? new ScenarioGrid(grid) : null,
            Seeds = text.Seeds,
            Length = text.Length,
            WarmupViews = text.WarmupViews,
            Expectations = text.Expectations,
            Margins = text.Margins,
        };
        PipelineCheck.Refuse(scenario.Pipeline, scenario.Nodes);
        if (scenario.Grid is null) RefuseWorld(scenario);
        foreach (ParameterSet set in scenario.Sets)
        {
            Scenario met = scenario.In(set);
            if (scenario.Grid is null) Adversity.OfAnySeed(met);
            else RefuseWorld(met);
        }

        return scenario;
    }

    private static void RefuseWorld(Scenario scenario)
    {
        ProtocolCheck.Refuse(scenario);
        PipelineCheck.RefuseBehaviours(scenario.Pipeline, scenario.Upgrade);
        Adversity.OfAnySeed(scenario);
        ProtocolCheck.RefuseThinEpochs(scenario);
    }

    private static IReadOnlyList<ParameterSet> CellsOf(ScenarioText text, World world)
    {
        List<ParameterSet> sets = SetsOf(text, world);
        return text.Map is { } map ? new ScenarioMap(map).Cells(sets)
            : text.Grid is { } grid ? new ScenarioGrid(grid).Cells(sets[0], world.Protocol, world.Upgrade)
            : sets;
    }

    private static List<ParameterSet> SetsOf(ScenarioText text, World world)
    {
        List<ParameterSet> sets = [];
        foreach (SetText set in text.Sets)
        {
            EpochPlan epoch = world.Read(EpochFormat.Section, WorldFormat.Epoch, set.Epoch);
            Timeline timeline = Timeline.Of(epoch, text.Length, text.At);
            if (text.WarmupViews >= timeline.PlannedViews)
                throw text.WarmupAt.Error(System.FormattableString.Invariant(
                    $"the warm-up of {text.WarmupViews} views leaves nothing of {timeline.PlannedViews}"));
            sets.Add(new ParameterSet(set.Name, set.NameAt.At, world.Parameters(set.Parameters), epoch,
                timeline));
        }

        return sets;
    }

    private static NetworkSpec NetworkOf(NetworkText text, RttMatrix matrix) => new()
    {
        Regions = matrix.Regions,
        OneWay = matrix.OneWay,
        JitterPerMillion = text.Jitter,
        SpikeChancePerMillion = text.SpikeChance,
        SpikeExtraPerMillion = text.SpikeExtra,
        UplinkBitsPerSecond = text.Uplink,
        Sizes = text.Sizes,
    };

    /// <summary>A profile with a scenario's keys laid over it.</summary>
    private sealed class World(ScenarioText scenario, Profile profile)
    {
        public T Read<T>(Shape<T> shape, Field field, params IReadOnlyList<YamlNode?> top) => Layers.Read(
            shape, scenario.At, [profile.World.Find(field.Key), scenario.World.Find(field.Key), .. top]);

        /// <summary>The costs of the profile with its calibrated ones, and the scenario's own over them.</summary>
        public ProcessingSpec Processing => Layers.Read(ProcessingFormat.Section, scenario.At,
            [profile.World.Find(WorldFormat.Processing.Key), .. profile.Calibrations.Select(c => c.Layer), Overridden]);

        /// <summary>The pipeline, if the profile or the scenario has one.</summary>
        public PipelineText? Pipeline => IfAny(PipelineFormat.Section, WorldFormat.Pipeline, []);

        /// <summary>The protocol state, if the profile, the scenario or a layer over them has one.</summary>
        public ProtocolText? Protocol(params IReadOnlyList<YamlNode?> over) =>
            IfAny(ProtocolFormat.Section, WorldFormat.Protocol, over);

        /// <summary>The software, if the scenario or a layer over it says anything of it.</summary>
        public UpgradeText? Upgrade(params IReadOnlyList<YamlNode?> over) =>
            scenario.Upgrade is null && over.All(layer => layer is null)
                ? null
                : Layers.Read(UpgradeFormat.Section, scenario.At, [scenario.Upgrade, .. over]);

        /// <summary>The profile's calibrations as far as the scenario keeps to them.</summary>
        public IReadOnlyList<CalibrationInForce> Calibrations =>
        [
            .. profile.Calibrations.Select(calibration => new CalibrationInForce(calibration,
                (Overridden as YamlMapping)?.Find(calibration.Constant.Text) is not null)),
        ];

        private YamlNode? Overridden => scenario.World.Find(WorldFormat.Processing.Key);

        private T? IfAny<T>(Shape<T> shape, Field field, IReadOnlyList<YamlNode?> over)
            where T : class =>
            (profile.World.Find(field.Key) ?? scenario.World.Find(field.Key)) is null
            && over.All(layer => layer is null)
                ? null
                : Read(shape, field, over);

        public Parameters Parameters(YamlMapping set) => Layers.Read(ParameterFormat.Section, scenario.At,
            Expanded(profile.World), Expanded(scenario.World), set);

        private static YamlMapping? Expanded(YamlMapping world) =>
            world.Find(WorldFormat.Parameters.Key) is YamlMapping written ? Flags.Expand(written) : null;
    }
}
