using System;
using System.Collections.Generic;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>An image by its name.</summary>
public static class ImageName
{
    /// <summary>A name that is looked up once all images are known.</summary>
    public static readonly MappedShape<string, YamlScalar> Shape = new(Scalars.Text, (_, node) => (YamlScalar)node);

    /// <summary>The number of the image of a name.</summary>
    /// <exception cref="ScenarioException">There is none.</exception>
    public static int IndexOf(YamlScalar name, IReadOnlyList<Image> images)
    {
        List<string> names = [];
        foreach (Image image in images)
        {
            if (string.Equals(image.Name, name.Text, StringComparison.Ordinal)) return names.Count;
            names.Add(image.Name);
        }

        throw name.At.Error($"there is no image '{name.Text}'; {Nearest.Allowed(name.Text, names)}");
    }
}
