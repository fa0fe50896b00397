using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using FlowSim.Analysis.Divergence;
using FlowSim.Chain;

namespace FlowSim.Scenarios.Records;

/// <summary>Starts of processes in a record, as an array of rows; records of runs without an upgrade have none.
/// </summary>
internal static class StartsText
{
    private const string Key = "starts";

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ProcessStart> starts)
    {
        if (starts.Count == 0) return;
        json.WriteStartArray(Key);
        foreach (ProcessStart start in starts)
        {
            json.WriteStartArray();
            double[] row =
            [
                (double)start.Class, start.Node, (double)start.Role, start.Image, start.StartedAtSeconds, start.Head,
                start.IsRejoin ? 1 : 0, start.IsNew ? 1 : 0, start.ExposedBlocks, start.ExposedChunks,
                start.ManifestChance, start.ManifestHeight is { } height ? height : double.NaN,
                start.ManifestAtSeconds, start.Heirs, start.DetectedAtSeconds, (double)start.By,
                start.CheckedAtSeconds, start.RepairedAtSeconds,
            ];
            foreach (double value in row)
            {
                if (double.IsFinite(value)) json.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture));
                else json.WriteNullValue();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public static IReadOnlyList<ProcessStart> Read(JsonElement root)
    {
        if (!root.TryGetProperty(Key, out JsonElement rows)) return [];
        List<ProcessStart> starts = [];
        foreach (JsonElement row in rows.EnumerateArray()) starts.Add(Start(Numbers(row)));
        return starts;
    }

    private static double[] Numbers(JsonElement row)
    {
        double[] numbers = new double[row.GetArrayLength()];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = row[i].ValueKind == JsonValueKind.Null ? double.NaN : row[i].GetDouble();
        return numbers;
    }

    private static ProcessStart Start(double[] row) => new(
        (RejoinClass)row[0], (int)row[1], (Role)row[2], (int)row[3], row[4], (ulong)row[5], row[6] != 0)
    {
        IsNew = row[7] != 0,
        ExposedBlocks = (long)row[8],
        ExposedChunks = (long)row[9],
        ManifestChance = row[10],
        ManifestHeight = double.IsNaN(row[11]) ? null : (ulong)row[11],
        ManifestAtSeconds = row[12],
        Heirs = (long)row[13],
        DetectedAtSeconds = row[14],
        By = (Detector)row[15],
        CheckedAtSeconds = row[16],
        RepairedAtSeconds = row[17],
    };
}
