using System;
using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Scenarios.Recorded;

/// <summary>Trees of blocks with service events: each block's protocol state, and what became of the events.</summary>
/// <remarks>
/// Recorded without epochs, which therefore never end here. Events that flow-go's machines passed over have no content
/// in the recording; a beacon, which no machine looks at, stands for them.
/// </remarks>
internal sealed class ProtocolStates(string name, VersionSupport support) : IFamily
{
    private static readonly BlockId Nowhere = new(0);
    private static readonly ServiceEvent PassedOver = new ServiceEvent.VersionBeacon([], 0);

    public string Name => name;

    public void Replay(JsonElement file, Comparison comparison)
    {
        if (file.ValueKind == JsonValueKind.Array) comparison.EachCase(file, c => ReplayTree(c, comparison));
        else comparison.Case(file.Text("name"), () => ReplayTree(file, comparison));
    }

    private void ReplayTree(JsonElement tree, Comparison comparison)
    {
        var ids = new Dictionary<string, BlockId>(StringComparer.Ordinal) { ["root"] = new(1) };
        var snapshots = new Snapshots(ids["root"], Root(tree.Get("rootState")), support);
        int number = 0;
        foreach (JsonElement block in tree.Get("blocks").EnumerateArray())
        {
            comparison.Step(++number);
            var id = new BlockId((ulong)number + 1);
            ids[block.Text("id")] = id;
            BlockId parent = ids.GetValueOrDefault(block.Text("parent"), Nowhere);
            (Evolved? evolved, string? exception) = Evolve(snapshots, id, parent, block);
            comparison.Same("exception",
                block.TryGetProperty("exception", out JsonElement fault) ? fault.GetString() : null, exception);
            comparison.Same("stateChanged", block.Flag("stateChanged"),
                evolved is { } done && done.Snapshot.Id != snapshots.Of(parent)!.Id);
            Compare(block.Get("resultingState"), evolved?.Snapshot, comparison);
            comparison.Same("telemetry", Recorded(block.Get("telemetry")), Told(evolved?.Outcomes ?? []));
        }
    }

    private static (Evolved? Evolved, string? Exception) Evolve(
        Snapshots snapshots, BlockId id, BlockId parent, JsonElement block)
    {
        try
        {
            return (snapshots.Add(id, parent, block.View("view"), Seals(block.Get("seals"))), null);
        }
        catch (ProtocolStateException e)
        {
            return (null, RecordedProtocol.Spelled(e.Fault));
        }
    }

    private static List<SealedEvents> Seals(JsonElement seals)
    {
        List<SealedEvents> all = [];
        foreach (JsonElement seal in seals.EnumerateArray())
        {
            List<ServiceEvent> events = [];
            foreach (JsonElement e in seal.Get("serviceEvents").EnumerateArray()) events.Add(Event(e));
            all.Add(new SealedEvents(new Height(seal.Unsigned("sealedBlockHeight")), events));
        }

        return all;
    }

    private static ServiceEvent Event(JsonElement e) => e.Text("type") switch
    {
        "protocol-state-version-upgrade" => new ServiceEvent.ProtocolStateVersionUpgrade(
            e.Unsigned("newProtocolStateVersion"), e.View("activeView")),
        "set-epoch-extension-view-count" => new ServiceEvent.SetEpochExtensionViewCount(e.Unsigned("value")),
        "setup" or "commit" or "eject-node" or "version-beacon" => PassedOver,
        var other => throw new RecordingException($"unknown service event {other}"),
    };

    private static KeyValueSnapshot Root(JsonElement state)
    {
        JsonElement upgrade = state.Get("versionUpgrade");
        return new KeyValueSnapshot(state.Unsigned("version"),
            upgrade.IsNull() ? null : new VersionUpgrade(upgrade.Unsigned("data"), upgrade.View("activationView")),
            RecordedProtocol.EndlessEpoch, state.Unsigned("epochExtensionViewCount"),
            state.Unsigned("finalizationSafetyThreshold"));
    }

    private static void Compare(JsonElement expected, KeyValueSnapshot? actual, Comparison comparison)
    {
        comparison.Same("resultingState", !expected.IsNull(), actual is not null);
        if (expected.IsNull() || actual is null) return;
        JsonElement upgrade = expected.Get("versionUpgrade");
        comparison.Same("version", expected.Unsigned("version"), actual.Version);
        comparison.Same("versionUpgrade.data",
            upgrade.IsNull() ? null : upgrade.Unsigned("data"), actual.Upgrade?.Version);
        comparison.Same("versionUpgrade.activationView",
            upgrade.IsNull() ? null : upgrade.Unsigned("activationView"), actual.Upgrade?.ActivationView.Value);
        comparison.Same("epochExtensionViewCount",
            expected.Unsigned("epochExtensionViewCount"), actual.EpochExtensionViewCount);
        comparison.Same("finalizationSafetyThreshold",
            expected.Unsigned("finalizationSafetyThreshold"), actual.FinalizationSafetyThreshold);
    }

    private static string Recorded(JsonElement telemetry)
    {
        List<string> told = [];
        foreach (JsonElement t in telemetry.EnumerateArray())
        {
            string error = t.TryGetProperty("error", out JsonElement text) ? " " + text.GetString() : "";
            told.Add($"{t.Text("machine")} {t.Text("kind")} {t.Get("event").GetRawText()}{error}");
        }

        return string.Join(", ", told);
    }

    private static string Told(IReadOnlyList<EventOutcome> outcomes)
    {
        List<string> told = [];
        foreach (EventOutcome outcome in outcomes) told.Add(RecordedProtocol.Spelled(outcome));
        return string.Join(", ", told);
    }
}
