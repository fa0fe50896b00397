using System;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Recorded;

/// <summary>How recordings spell the simulator's values.</summary>
internal static class RecordedJson
{
    public static JsonElement Get(this JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out JsonElement value)
            ? value
            : throw new RecordingException($"field {field} is missing");

    public static string Text(this JsonElement json, string field) =>
        json.Get(field).GetString() ?? throw new RecordingException($"field {field} is null");

    public static ulong Unsigned(this JsonElement json, string field) => json.Get(field).GetUInt64();

    public static long Signed(this JsonElement json, string field) => json.Get(field).GetInt64();

    public static double Real(this JsonElement json, string field) => json.Get(field).GetDouble();

    public static bool Flag(this JsonElement json, string field) => json.Get(field).GetBoolean();

    public static byte[] Bytes(this JsonElement json, string field) =>
        Convert.FromHexString(json.Text(field));

    public static View View(this JsonElement json, string field) => new(json.Unsigned(field));

    public static SimTime Time(this JsonElement json, string field) => new(json.Signed(field));

    public static SimDuration Duration(this JsonElement json, string field) => new(json.Signed(field));

    public static bool IsNull(this JsonElement json) => json.ValueKind == JsonValueKind.Null;

    public static ulong? UnsignedOrNull(this JsonElement json, string field)
    {
        JsonElement value = json.Get(field);
        return value.IsNull() ? null : value.GetUInt64();
    }

    public static PacemakerConfig PacemakerConfig(this JsonElement json) => new(
        json.Duration("minReplicaTimeout_ns"),
        json.Duration("maxReplicaTimeout_ns"),
        json.Real("timeoutAdjustmentFactor"),
        json.Unsigned("happyPathMaxRoundFailures"),
        json.Duration("maxRebroadcastInterval_ns"));

    public static CruiseControlConfig CruiseControlConfig(this JsonElement json) => new(
        json.Flag("enabled"),
        json.Duration("minViewDuration_ns"),
        json.Duration("maxViewDuration_ns"),
        json.Duration("fallbackProposalDelay_ns"),
        json.Real("KP"), json.Real("KI"), json.Real("KD"),
        json.Get("N_ewma").GetUInt32(), json.Get("N_itg").GetUInt32());

    public static EpochTiming Epoch(this JsonElement json) => new(
        json.View("firstView"), json.View("finalView"),
        json.Unsigned("targetDuration_s"), json.Unsigned("targetEndTime_unix_s"));

    public static EpochTiming? EpochOrNull(this JsonElement json) => json.IsNull() ? null : json.Epoch();
}
