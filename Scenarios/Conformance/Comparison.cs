using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace FlowSim.Scenarios.Recorded;

/// <summary>Compares answers field by field and keeps count; says where the first differences are.</summary>
/// <remarks>Numbers with a fraction are compared bit by bit, so a signed zero or a last digit
/// counts.</remarks>
internal sealed class Comparison(TextWriter output)
{
    private const int ShownMismatches = 20;

    private string family = "";
    private string file = "";
    private string name = "";
    private int step;
    private int compared;
    private bool insideCase;

    public int Cases { get; private set; }

    public int Mismatches { get; private set; }

    /// <summary>Turns to a file.</summary>
    public void Enter(string family, string file)
    {
        this.family = family;
        this.file = file;
    }

    /// <summary>Replays one case.</summary>
    /// <exception cref="RecordingException">The case contains nothing to compare.</exception>
    public void Case(string name, Action replay)
    {
        this.name = name;
        step = 0;
        compared = 0;
        insideCase = true;
        replay();
        if (compared == 0) throw new RecordingException("nothing to compare");
        insideCase = false;
        Cases++;
    }

    /// <summary>Replays the elements of a file that is a list, each as a case with its name or
    /// number.</summary>
    public void EachCase(JsonElement file, Action<JsonElement> replay)
    {
        if (file.ValueKind != JsonValueKind.Array) throw new RecordingException("not a list");
        int index = 0;
        foreach (JsonElement element in file.EnumerateArray())
        {
            string title = element.TryGetProperty("name", out JsonElement text)
                ? text.GetString() ?? ""
                : "#" + index.ToString(CultureInfo.InvariantCulture);
            Case(title, () => replay(element));
            index++;
        }
    }

    /// <summary>Turns to a step of the case, counted from one; zero is the case as a whole.</summary>
    public void Step(int number) => step = number;

    public void Same(string field, long expected, long actual) =>
        Note(field, expected == actual, expected, actual);

    public void Same(string field, ulong expected, ulong actual) =>
        Note(field, expected == actual, expected, actual);

    public void Same(string field, ulong? expected, ulong? actual) =>
        Note(field, expected == actual, expected, actual);

    public void Same(string field, bool expected, bool actual) =>
        Note(field, expected == actual, expected, actual);

    public void Same(string field, double expected, double actual) => Note(
        field, BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual),
        expected, actual);

    public void Same(string field, string? expected, string? actual) =>
        Note(field, string.Equals(expected, actual, StringComparison.Ordinal), expected, actual);

    public void Same(string field, JsonElement expected, IReadOnlyList<int> actual)
    {
        Same(field + ".length", expected.GetArrayLength(), actual.Count);
        for (int i = 0; i < Math.Min(expected.GetArrayLength(), actual.Count); i++)
            Same(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), expected[i].GetInt32(),
                actual[i]);
    }

    public void Same(string field, JsonElement expected, IReadOnlyList<int[]> actual)
    {
        Same(field + ".length", expected.GetArrayLength(), actual.Count);
        for (int i = 0; i < Math.Min(expected.GetArrayLength(), actual.Count); i++)
            Same(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), expected[i], actual[i]);
    }

    /// <summary>Where the replay stands, for a message.</summary>
    public string Place => insideCase ? $"{family}/{file}: case {name} step {StepText}" : $"{family}/{file}";

    private string StepText => step.ToString(CultureInfo.InvariantCulture);

    private void Note(string field, bool same, object? expected, object? actual)
    {
        compared++;
        if (same) return;
        Mismatches++;
        if (Mismatches > ShownMismatches) return;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"mismatch: {Place} field {field}: expected {expected ?? "null"}, actual {actual ?? "null"}"));
    }
}
