using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios;

/// <summary>The format for editors, from the very declarations that the reader uses.</summary>
public static class JsonSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>JSON Schema, draft 2020-12.</summary>
    public static JsonObject Document()
    {
        JsonObject schema = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "FlowSim scenarios",
        };
        foreach ((string key, JsonNode? value) in ScenarioFormat.File.Schema(isPartial: false))
            schema[key] = value?.DeepClone();
        return schema;
    }

    /// <summary>The same as text.</summary>
    public static string Text() => Document().ToJsonString(Indented) + "\n";
}
