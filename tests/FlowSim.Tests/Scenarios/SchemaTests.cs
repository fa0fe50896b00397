using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Reading;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The schema for editors and the reader know the same format.</summary>
public sealed class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(JsonSchema.Text())!.AsObject();

    [Test]
    public void The_repositorys_scenarios_satisfy_both()
    {
        string path = Path.Combine(Repository(), "scenarios.yaml");
        Assert.That(Plan.Of(ScenarioFile.Load(path)), Has.Count.EqualTo(111));
        Assert.That(Problem(Schema, Parse(File.ReadAllText(path))), Is.Null);
    }

    [Test]
    public void The_good_file_satisfies_both() =>
        Assert.That(Problem(Schema, Parse(Written.Good)), Is.Null);

    [Test]
    public void Every_fault_and_liar_satisfies_both()
    {
        Assert.That(Plan.Of(Written.Load(Written.Stormy)), Has.Count.EqualTo(6));
        Assert.That(Problem(Schema, Parse(Written.Stormy)), Is.Null);
    }

    [TestCase("during: 10s..20s", "during: 10s")]
    [TestCase("during: 10s..20s", "during: 10..20s")]
    [TestCase("during: 10s..20s", "furing: 10s..20s")]
    [TestCase("loss: 2%", "loss: 2")]
    [TestCase("loss: 2%", "loss: 2%, crash: { role: access }")]
    [TestCase(", rest ]", ", others ]")]
    [TestCase("[ { region: eu-central-1 }, rest ]", "[ rest ]")]
    [TestCase("nodes: [consensus-007]", "nodes: []")]
    [TestCase("to: { role: consensus }", "to: { role: konsensus }")]
    [TestCase("factor: 5", "factor: fast")]
    [TestCase("clock-skew: -2s", "clock-skew: -2")]
    [TestCase("count: 1 } }", "count: 0 } }")]
    [TestCase("{ twins: { role: consensus, count: 1 }, ", "{ ")]
    [TestCase("calm-from: 40s", "calm-from: soon")]
    public void What_the_reader_refuses_of_faults_and_liars_the_schema_refuses(string from, string to)
    {
        string text = Written.StormyBut(from, to);
        Assert.That(() => Written.Load(text), Throws.TypeOf<ScenarioException>());
        Assert.That(Problem(Schema, Parse(text)), Is.Not.Null);
    }

    [Test]
    public void An_upgrade_satisfies_both() => Assert.That(Problem(Schema, Parse(UpgradeFormatTests.Good)), Is.Null);

    [TestCase("act: crash", "act: crush")]
    [TestCase("canaries: 1", "canaries: 0")]
    [TestCase("canaries: 1", "canaries: 1, rest: true")]
    [TestCase("max-offline: 20%", "max-offline: 20")]
    [TestCase("from: 100s", "form: 100s")]
    public void What_the_reader_refuses_of_an_upgrade_the_schema_refuses(string from, string to)
    {
        string text = UpgradeFormatTests.Good.Replace(from, to, StringComparison.Ordinal);
        Assert.That(() => Written.Load(text), Throws.TypeOf<ScenarioException>());
        Assert.That(Problem(Schema, Parse(text)), Is.Not.Null);
    }

    [Test]
    public void A_map_and_margins_satisfy_both() => Assert.That(Problem(Schema, Parse(MapTests.Whole)), Is.Null);

    [TestCase("within: 30s", "within: soon")]
    [TestCase("within: 30s", "wthin: 30s")]
    [TestCase("lost-views: 2 }", "lost-veiws: 2 }")]
    [TestCase("block-rate: 1%", "block-rate: -1%")]
    [TestCase("share: [0%, 5%, 35%]", "share: [0, 5]")]
    [TestCase("sets: [base, slow]", "sets: []")]
    [TestCase("name: timeout, sets: [base, slow]", "name: timeout")]
    public void What_the_reader_refuses_of_a_map_the_schema_refuses(string from, string to)
    {
        string text = MapTests.Edited(from, to);
        Assert.That(() => Written.Load(text), Throws.TypeOf<ScenarioException>());
        Assert.That(Problem(Schema, Parse(text)), Is.Not.Null);
    }

    [Test]
    public void Every_key_of_the_schema_is_known_to_the_reader()
    {
        int keys = 0;
        foreach ((string path, JsonObject section) in Sections(Schema, ""))
        {
            string probe = Probe(path);
            foreach ((string key, JsonNode? property) in section["properties"]!.AsObject())
            {
                Assert.That(property!["description"]?.GetValue<string>(), Is.Not.Empty, $"{path}/{key}");
                Assert.That(MessageOf(probe, key), Does.Not.Contain("unknown key"), $"{path}/{key}");
                keys++;
            }

            string message = MessageOf(probe, "no-such-key");
            Assert.That(message, Does.Contain("unknown key 'no-such-key'"), path);
            string allowed = Regex.Match(message, "allowed: (.*?)( \\(did you mean .*)?$").Groups[1].Value;
            Assert.That(allowed.Split(", "),
                Is.EquivalentTo(section["properties"]!.AsObject().Select(p => p.Key)), path);
        }

        Assert.That(keys, Is.GreaterThan(80), "the walk reached the whole format");
    }

    [TestCase("build: 5ms", "build: 800")]
    [TestCase("build: 5ms", "build: 800msec")]
    [TestCase("build: 5ms", "biuld: 5ms")]
    [TestCase("build: 5ms", "build: [5ms]")]
    [TestCase("uplink: 1Gbps", "uplink: 1gbps")]
    [TestCase("seeds: 1..3", "seeds: one")]
    [TestCase("seeds: 1..3", "seeds: []")]
    [TestCase("rtt: aws", "rtt: asw")]
    [TestCase("consensus: 7", "consensus: \"7\"")]
    [TestCase("chance: 0.01", "chance: 1.5")]
    [TestCase("name: first", "name: First Scenario")]
    [TestCase("duration: { epochs: 1 }", "duration: {}")]
    [TestCase("duration: { epochs: 1 }", "duration: { epochs: 1, views: 5 }")]
    [TestCase("target-view-time: 800ms", "target-view-time: 800ms, target-duration: 80s")]
    [TestCase("profile: mainnet-2024", "profile: mainnet")]
    [TestCase("question: Why?", "warmup: 3")]
    public void What_the_reader_refuses_by_form_the_schema_refuses(string from, string to)
    {
        string text = Written.Edited(from, to);
        Assert.That(() => Written.Load(text), Throws.TypeOf<ScenarioException>());
        Assert.That(Problem(Schema, Parse(text)), Is.Not.Null);
    }

    /// <summary>All objects with fixed keys, by their path; items of lists are written as [].</summary>
    private static IEnumerable<(string Path, JsonObject Section)> Sections(JsonObject schema, string path)
    {
        foreach (JsonNode? choice in schema["anyOf"]?.AsArray() ?? [])
        {
            foreach ((string, JsonObject) inner in Sections(choice!.AsObject(), path)) yield return inner;
        }

        if (schema["items"] is JsonObject items)
        {
            foreach ((string, JsonObject) inner in Sections(items, $"{path}[]")) yield return inner;
        }

        if (schema["properties"] is not JsonObject properties) yield break;
        yield return (path, schema);
        foreach ((string key, JsonNode? property) in properties)
        {
            foreach ((string, JsonObject) inner in Sections(property!.AsObject(), $"{path}/{key}"))
                yield return inner;
        }
    }

    /// <summary>A file whose only wrong key, named KEY, stands in the section at the path.</summary>
    private static string Probe(string path)
    {
        string text = "{ KEY: 0 }";
        foreach (string step in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            text = step.EndsWith("[]", StringComparison.Ordinal)
                ? $"{{ {step[..^2]}: [{text}] }}"
                : $"{{ {step}: {text} }}";
        }

        return text;
    }

    /// <summary>The reader's word on the probe, checking keys before it asks for the missing ones.</summary>
    private static string MessageOf(string probe, string key)
    {
        YamlNode node = YamlText.Parse(InputFile.Of("p", System.Text.Encoding.UTF8.GetBytes(
            probe.Replace("KEY", key, StringComparison.Ordinal))));
        try
        {
            FlowSim.Scenarios.Format.ScenarioFormat.File.Check(node);
            return "";
        }
        catch (ScenarioException e)
        {
            return e.Message;
        }
    }

    private static JsonNode? Parse(string yaml) =>
        Json(YamlText.Parse(InputFile.Of("f", System.Text.Encoding.UTF8.GetBytes(yaml))));

    /// <summary>YAML's core schema: what an editor hands to its validator.</summary>
    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlMapping mapping => new JsonObject(
            mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Json(e.Value)))),
        YamlScalar { IsQuoted: false, Text: "" or "null" or "~" } => null,
        YamlScalar { IsQuoted: false, Text: "true" or "false" } s => JsonValue.Create(s.Text is "true"),
        YamlScalar { IsQuoted: false } s when Regex.IsMatch(s.Text, @"^-?\d+(\.\d+)?([eE][-+]?\d+)?$") =>
            JsonNode.Parse(s.Text),
        YamlScalar s => JsonValue.Create(s.Text),
        _ => throw new ArgumentException("unknown node", nameof(node)),
    };

    /// <summary>The first violation, or null; as much of JSON Schema as the format uses.</summary>
    private static string? Problem(JsonObject schema, JsonNode? value)
    {
        foreach ((string keyword, JsonNode? rule) in schema)
        {
            if (!Holds(keyword, rule!, value, schema)) return $"{value?.GetPath()}: {keyword} {rule}";
        }

        return null;
    }

    private static bool Holds(string keyword, JsonNode rule, JsonNode? value, JsonObject schema) =>
        keyword switch
    {
        "$schema" or "title" or "description" => true,
        "type" => HasType(rule.GetValue<string>(), value),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "pattern" => value is not JsonValue text || Regex.IsMatch(text.ToString(), rule.GetValue<string>()),
        "minLength" => value!.GetValue<string>().Length >= rule.GetValue<int>(),
        "minimum" => decimal.Parse(value!.ToString(),
            System.Globalization.CultureInfo.InvariantCulture) >= Limit(rule),
        "maximum" => decimal.Parse(value!.ToString(),
            System.Globalization.CultureInfo.InvariantCulture) <= Limit(rule),
        "minItems" => value!.AsArray().Count >= rule.GetValue<int>(),
        "maxItems" => value!.AsArray().Count <= rule.GetValue<int>(),
        "minProperties" => value!.AsObject().Count >= rule.GetValue<int>(),
        "propertyNames" => value!.AsObject().All(p => Problem(rule.AsObject(), JsonValue.Create(p.Key)) is null),
        "items" => value!.AsArray().All(item => Problem(rule.AsObject(), item) is null),
        "required" =>
            rule.AsArray().All(key => value is JsonObject o && o.ContainsKey(key!.GetValue<string>())),
        "properties" => rule.AsObject().All(p =>
            !value!.AsObject().ContainsKey(p.Key) || Problem(p.Value!.AsObject(), value[p.Key]) is null),
        "additionalProperties" => value!.AsObject().All(p => rule is JsonObject other
            ? Problem(other, p.Value) is null
            : schema["properties"]!.AsObject().ContainsKey(p.Key)),
        "anyOf" => rule.AsArray().Any(s => Problem(s!.AsObject(), value) is null),
        "oneOf" => rule.AsArray().Count(s => Problem(s!.AsObject(), value) is null) == 1,
        "not" => Problem(rule.AsObject(), value) is not null,
        _ => throw new NotSupportedException($"the schema uses '{keyword}', which this test does not know"),
    };

    private static decimal Limit(JsonNode rule) =>
        decimal.Parse(rule.ToString(), System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture);

    private static bool HasType(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value is JsonValue v && v.GetValueKind() is System.Text.Json.JsonValueKind.True
            or System.Text.Json.JsonValueKind.False,
        "number" => value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.Number
            && !v.ToString().Contains('.', StringComparison.Ordinal),
        _ => false,
    };

    internal static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FlowSim.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder!;
    }
}
