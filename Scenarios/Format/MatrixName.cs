using System;
using System.Text.Json.Nodes;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>Either the name of a matrix that comes with FlowSim or the path of a CSV file.</summary>
public static class MatrixName
{
    /// <summary>Matrices in the folder Data.</summary>
    public static readonly string[] BuiltIn = ["aws"];

    public static readonly ScalarShape<string> Shape = new(
        "the name of a matrix or the path of a CSV file", true,
        text => IsPath(text) || Array.IndexOf(BuiltIn, text) >= 0
            ? text
            : throw new FormatException($"'{text}' is no matrix; "
                + $"{Nearest.Allowed(text, [.. BuiltIn, "the path of a file ending in .csv"])}"),
        () => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray("aws") },
                new JsonObject { ["type"] = "string", ["pattern"] = @"\.csv$" }),
        });

    public static bool IsPath(string text) => text.EndsWith(".csv", StringComparison.Ordinal);
}
