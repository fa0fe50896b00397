using System.Collections.Generic;

namespace FlowSim.Scenarios.Reading;

/// <summary>Merging what several files or sections say about the same thing.</summary>
public static class Layers
{
    /// <summary>Reads a complete value from layers, the lowest first; a layer may be missing.</summary>
    /// <param name="shape">What the merged layers must look like.</param>
    /// <param name="owner">Where to point when no layer is there.</param>
    /// <param name="layers">Checked nodes.</param>
    public static T Read<T>(Shape<T> shape, Place owner, params IReadOnlyList<YamlNode?> layers)
    {
        YamlNode? merged = null;
        foreach (YamlNode? layer in layers)
        {
            if (layer is not null) merged = merged is null ? layer : shape.Merge(merged, layer);
        }

        return shape.Read(merged ?? throw owner.Error($"{shape.Expected} is missing"));
    }
}
