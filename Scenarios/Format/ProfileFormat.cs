using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A named world, still as nodes: scenarios lay their own keys over it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="World">Its sections.</param>
public sealed record Profile(string Name, YamlMapping World)
{
    /// <summary>Worlds that come with FlowSim, in the folder Profiles.</summary>
    public static readonly string[] BuiltIn = ["mainnet-2024"];

    /// <summary>Reads a built-in profile.</summary>
    public static Profile Read(InputFile file) => ProfileFormat.Section.Read(YamlText.Parse(file));
}

/// <summary>A profile file.</summary>
public static class ProfileFormat
{
    private static readonly Field<long> Version = new("format", Scalars.Whole(1, 1),
        "Version of the format.", true);

    private static readonly Field<string> Name = new("profile", Scalars.Name, "The world's name.", true);

    private static readonly Field<string> Description = new("description", Scalars.Text,
        "What it stands for.", true);

    public static readonly Section<Profile> Section = new("a profile",
        [Version, Name, Description, .. WorldFormat.Fields], Build);

    private static Profile Build(Values at)
    {
        foreach (Field<YamlNode> field in WorldFormat.Fields) at.Layer(field);
        return new Profile(at.Get(Name), at.Only(WorldFormat.Fields));
    }
}
