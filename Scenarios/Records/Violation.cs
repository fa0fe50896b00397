using System.IO;
using System.Text.Json;
using FlowSim.Analysis.Metrics;

namespace FlowSim.Scenarios.Records;

/// <summary>A run that broke an invariant: what was asked, what broke, and how to see it again.</summary>
/// <remarks>It lies beside the place of the record that the run does not have, and is never changed either.</remarks>
/// <param name="Identity">The run's names.</param>
/// <param name="Key">Scenario, set and seed.</param>
/// <param name="Line">What broke, in one line.</param>
/// <param name="Digest">Fingerprint of everything that happened until then.</param>
/// <param name="Replay">The command that makes the run again.</param>
public sealed record Violation(RunIdentity Identity, RunKey Key, string Line, string Digest, string Replay)
{
    /// <summary>The bytes of its file: one JSON object.</summary>
    public byte[] Text()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format", "flowsim-violation/1");
            json.WriteString("id", Identity.RunId);
            json.WriteString("scenario", Key.Scenario);
            json.WriteString("set", Key.Set);
            json.WriteNumber("seed", Key.Seed);
            json.WriteString("scenarioHash", Identity.ScenarioHash);
            json.WriteString("paramsHash", Identity.ParamsHash);
            json.WriteString("version", Build.Version);
            json.WriteString("build", Build.Hash);
            json.WriteString("violation", Line);
            json.WriteString("digest", Digest);
            json.WriteString("replay", Replay);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
