using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Records;

/// <summary>A record as the bytes of its file and back: one JSON object, columns for the course of views.</summary>
/// <remarks>The last member is a check value over all bytes before it, so that damage is seen.</remarks>
public static class RecordText
{
    private const string Format = "flowsim-run/1";
    private const string DeliveriesKey = "deliveries";
    private static readonly byte[] CheckKey = Encoding.ASCII.GetBytes(",\"check\":\"");

    /// <summary>The bytes of a record's file.</summary>
    public static byte[] Write(RunRecord record)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) WriteBody(json, record);
        return Sealed(stream.ToArray().AsSpan()[..^1]);
    }

    /// <summary>Reads a record's file.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or of another format.</exception>
    public static RunRecord Read(byte[] bytes)
    {
        if (!IsWhole(bytes)) throw new InvalidDataException("the check value does not match");
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            if (root.GetProperty("format").GetString() is not Format)
                throw new InvalidDataException("a record of another format");
            return ReadBody(root);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("a record of another format", e);
        }
    }

    /// <summary>Whether a record has come through undamaged, without a look at what it says.</summary>
    public static bool IsWhole(byte[] bytes)
    {
        int end = bytes.AsSpan().LastIndexOf(CheckKey);
        return end >= 0 && bytes.AsSpan().SequenceEqual(Sealed(bytes.AsSpan(0, end)));
    }

    /// <summary>Messages handed to a node in a whole record; what stands after them is not read.</summary>
    public static long DeliveriesIn(byte[] bytes)
    {
        var json = new Utf8JsonReader(bytes);
        while (json.TokenType is not JsonTokenType.PropertyName || !json.ValueTextEquals(DeliveriesKey)) json.Read();
        json.Read();
        return json.GetInt64();
    }

    /// <summary>An object that lacks its closing brace, with the check value and the brace.</summary>
    private static byte[] Sealed(ReadOnlySpan<byte> open) =>
        [.. open, .. CheckKey, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(open)) + "\"}\n")];

    private static void WriteBody(Utf8JsonWriter json, RunRecord record)
    {
        RunKey key = record.Measurement.Key;
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("id", record.Identity.RunId);
        json.WriteString("scenario", key.Scenario);
        json.WriteString("set", key.Set);
        json.WriteNumber("seed", key.Seed);
        json.WriteString("scenarioHash", record.Identity.ScenarioHash);
        json.WriteString("paramsHash", record.Identity.ParamsHash);
        json.WriteString("version", record.Version);
        json.WriteString("build", record.Build);
        json.WriteString("digest", record.Digest);
        json.WriteStartArray("checkpoints");
        foreach (Checkpoint checkpoint in record.Checkpoints)
        {
            json.WriteStartObject();
            json.WriteNumber("view", checkpoint.View.Value);
            json.WriteString("digest", checkpoint.Digest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("endedAt_ns", record.EndedAtNanoseconds);
        json.WriteNumber("highestView", record.HighestView);
        json.WriteNumber(DeliveriesKey, record.Deliveries);
        json.WriteNumber("events", record.Events);
        json.WriteStartObject("metrics");
        foreach (MetricValue value in record.Measurement.Values) WriteReal(json, value.Name, value.Value);
        json.WriteEndObject();
        WriteFinality(json, record.Measurement.Finality);
        WriteViews(json, record.Measurement.Views);
        StartsText.Write(json, record.Measurement.Starts);
        json.WriteEndObject();
    }

    private static void WriteFinality(Utf8JsonWriter json, DurationHistogram finality)
    {
        json.WriteStartObject("finality");
        json.WriteNumber("shortest_ns", finality.Shortest.Nanoseconds);
        json.WriteNumber("longest_ns", finality.Longest.Nanoseconds);
        json.WriteNumber("overflow", finality.Overflow);
        json.WriteStartArray("perMillisecond");
        for (int bin = 0; bin < finality.UsedBins; bin++) json.WriteNumberValue(finality.CountAt(bin));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteViews(Utf8JsonWriter json, ViewSeries views)
    {
        json.WriteStartObject("views");
        json.WriteNumber("stride", views.Stride);
        json.WriteStartArray("view");
        foreach (ViewRow row in views.Rows) json.WriteNumberValue(row.View);
        json.WriteEndArray();
        json.WriteStartArray("leader");
        foreach (ViewRow row in views.Rows) json.WriteNumberValue(row.Leader);
        json.WriteEndArray();
        foreach ((string name, Func<ViewRow, double> column) in RealColumns)
        {
            json.WriteStartArray(name);
            foreach (ViewRow row in views.Rows) WriteReal(json, column(row));
            json.WriteEndArray();
        }

        json.WriteStartArray("finalized");
        foreach (ViewRow row in views.Rows) json.WriteNumberValue(row.Finalized ? 1 : 0);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static readonly (string Name, Func<ViewRow, double> Column)[] RealColumns =
    [
        ("published_s", row => row.PublishedSeconds), ("entered_s", row => row.EnteredSeconds),
        ("duration_s", row => row.DurationSeconds), ("error_s", row => row.ErrorSeconds),
        ("target_s", row => row.TargetSeconds), ("delay_s", row => row.DelaySeconds),
        ("finality_s", row => row.FinalitySeconds),
    ];

    private static RunRecord ReadBody(JsonElement root)
    {
        var key = new RunKey(Text(root, "scenario"), Text(root, "set"), root.GetProperty("seed").GetUInt64());
        List<MetricValue> values = [];
        foreach (JsonProperty metric in root.GetProperty("metrics").EnumerateObject())
            values.Add(new MetricValue(metric.Name, Real(metric.Value)));
        List<Checkpoint> checkpoints = [];
        foreach (JsonElement checkpoint in root.GetProperty("checkpoints").EnumerateArray())
            checkpoints.Add(new Checkpoint(
                new View(checkpoint.GetProperty("view").GetUInt64()), Text(checkpoint, "digest")));
        var measurement = new Measurement(
            key, values, ReadFinality(root.GetProperty("finality")), ReadViews(root.GetProperty("views")))
        {
            Digest = Text(root, "digest"),
            Starts = StartsText.Read(root),
        };
        var identity = new RunIdentity(Text(root, "scenarioHash"), Text(root, "paramsHash"), Text(root, "id"));
        return new RunRecord(identity, Text(root, "version"), Text(root, "build"), Text(root, "digest"), checkpoints,
            root.GetProperty("endedAt_ns").GetInt64(), root.GetProperty("highestView").GetUInt64(),
            root.GetProperty(DeliveriesKey).GetInt64(), root.GetProperty("events").GetInt64(), measurement);
    }

    private static DurationHistogram ReadFinality(JsonElement finality)
    {
        JsonElement perMillisecond = finality.GetProperty("perMillisecond");
        long[] counts = new long[perMillisecond.GetArrayLength()];
        int bin = 0;
        foreach (JsonElement count in perMillisecond.EnumerateArray()) counts[bin++] = count.GetInt64();
        return DurationHistogram.Of(counts, finality.GetProperty("overflow").GetInt64(),
            new SimDuration(finality.GetProperty("shortest_ns").GetInt64()),
            new SimDuration(finality.GetProperty("longest_ns").GetInt64()));
    }

    private static ViewSeries ReadViews(JsonElement views)
    {
        double[] view = Column(views, "view");
        double[] leader = Column(views, "leader");
        double[] finalized = Column(views, "finalized");
        double[][] reals = Array.ConvertAll(RealColumns, column => Column(views, column.Name));
        var rows = new ViewRow[view.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new ViewRow((ulong)view[i], (int)leader[i], reals[0][i], reals[1][i], reals[2][i], reals[3][i],
                reals[4][i], reals[5][i], reals[6][i], finalized[i] != 0);
        }

        return new ViewSeries(views.GetProperty("stride").GetInt32(), rows);
    }

    private static double[] Column(JsonElement views, string name)
    {
        JsonElement column = views.GetProperty(name);
        double[] values = new double[column.GetArrayLength()];
        int i = 0;
        foreach (JsonElement value in column.EnumerateArray()) values[i++] = Real(value);
        return values;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <remarks>JSON has no word for what is not a number; null stands for it.</remarks>
    private static double Real(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    private static void WriteReal(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteReal(json, value);
    }

    private static void WriteReal(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture));
        else json.WriteNullValue();
    }
}
