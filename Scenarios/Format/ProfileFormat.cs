using System.Collections.Generic;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A named world, still as nodes: scenarios lay their own keys over it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="World">Its sections.</param>
/// <param name="Calibrations">The processing costs that were fitted.</param>
public sealed record Profile(string Name, YamlMapping World, IReadOnlyList<Calibration> Calibrations)
{
    /// <summary>Worlds that come with FlowSim: the files of the folder Profiles.</summary>
    public static readonly IReadOnlyList<string> BuiltIn = InputFile.BuiltInNames("Profiles", ".yaml");

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

    private static readonly Field<IReadOnlyList<Calibration>> CalibrationField = new("calibration",
        CalibrationFormat.Shape, "The processing cost that was fitted and on what, or a list of them.");

    public static readonly Section<Profile> Section = new("a profile",
        [Version, Name, Description, .. WorldFormat.Fields, CalibrationField], Build);

    private static Profile Build(Values at)
    {
        foreach (Field<YamlNode> field in WorldFormat.Fields) at.Layer(field);
        YamlMapping world = at.Only(WorldFormat.Fields);
        IReadOnlyList<Calibration> calibrations = at.Or(CalibrationField, []);
        foreach (Calibration calibration in calibrations)
        {
            if (world.Find(WorldFormat.Processing.Key) is YamlMapping processing
                && processing.Find(calibration.Constant.Text) is { } twice)
                throw twice.At.Error(
                    $"'{calibration.Constant.Text}' is calibrated; it stands in 'calibration' and not here");
        }

        return new Profile(at.Get(Name), world, calibrations);
    }
}
