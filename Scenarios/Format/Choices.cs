using System;
using System.Collections.Generic;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Words of the format that stand for values.</summary>
public static class Choices
{
    /// <summary>One word out of several.</summary>
    /// <param name="what">What it is a choice of, as "a role".</param>
    /// <param name="named">The words and their values.</param>
    public static MappedShape<string, T> Of<T>(string what, IReadOnlyList<(string Name, T Value)> named)
    {
        List<string> names = [];
        foreach ((string name, _) in named) names.Add(name);
        return new MappedShape<string, T>(Scalars.OneOf(what, names), (text, _) => ValueOf(named, text));
    }

    private static T ValueOf<T>(IReadOnlyList<(string Name, T Value)> named, string text)
    {
        foreach ((string name, T value) in named)
        {
            if (string.Equals(name, text, StringComparison.Ordinal)) return value;
        }

        throw new ArgumentOutOfRangeException(nameof(text));
    }
}
