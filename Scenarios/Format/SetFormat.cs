using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A parameter set as written: what it changes of the scenario's parameters.</summary>
public sealed record SetText(string Name, YamlScalar NameAt, YamlNode? Epoch, YamlMapping Parameters);

/// <summary>An entry of <c>sets</c>.</summary>
public static class SetFormat
{
    private static readonly Field<string> Name = new("name", Scalars.Name, "Unique within the scenario.",
        true);

    public static readonly Section<SetText> Section = new("a parameter set",
        [Name, .. ParameterFormat.Written, WorldFormat.Epoch], Build);

    private static SetText Build(Values at)
    {
        YamlMapping parameters = at.Only(ParameterFormat.Written);
        ParameterFormat.Layer.Check(parameters);
        return new SetText(at.Get(Name), (YamlScalar)at.Node(Name)!, at.Layer(WorldFormat.Epoch),
            Flags.Expand(parameters));
    }
}
