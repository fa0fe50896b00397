using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Scenarios.Format;
using FlowSim.Sync;

namespace FlowSim.Scenarios;

/// <summary>A run's spec without its seed, written the same way everywhere: equal texts are equal
/// parameters.</summary>
/// <remarks>Distributions stand as hashes of their tables, which are what decides a draw.</remarks>
public static class CanonicalSpec
{
    /// <summary>UTF-8 JSON without white space, keys in a fixed order.</summary>
    /// <param name="spec">The spec; where nodes are drawn by seed, with all candidates.</param>
    /// <param name="drawn">How many each such draw takes.</param>
    public static byte[] Json(RunSpec spec, IReadOnlyList<int> drawn)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            WriteNodes(json, spec.Nodes);
            WriteNetwork(json, spec.Network);
            WriteProcessing(json, spec.Processing);
            WriteEpochs(json, spec.Epochs);
            WritePacemaker(json, spec.Pacemaker);
            WriteCruiseControl(json, spec.CruiseControl);
            if (spec.Sync is not null) WriteSync(json, spec.Sync);
            CanonicalAdversity.Write(json, spec, drawn);
            if (spec.Pipeline is { } pipeline) CanonicalPipeline.Write(json, pipeline, spec.Processing);
            if (spec.Protocol is { } protocol) CanonicalPipeline.Write(json, protocol);
            if (spec.Upgrade is { } upgrade) CanonicalPipeline.Write(json, upgrade);
            json.WriteNumber("stop-view", spec.Stop.View.Value);
            json.WriteNumber("stop-time", spec.Stop.Time.Nanoseconds);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteNodes(Utf8JsonWriter json, IReadOnlyList<NodeSpec> nodes)
    {
        json.WriteStartArray("nodes");
        foreach (NodeSpec node in nodes)
        {
            json.WriteStartArray();
            json.WriteStringValue(node.Name);
            json.WriteStringValue(NodesFormat.NameOf(node.Role));
            json.WriteNumberValue(node.Weight);
            json.WriteNumberValue(node.Region);
            json.WriteStringValue(node.Operator);
            json.WriteBooleanValue(node.HasBeaconKey);
            if (node.TwinOf is not null) json.WriteStringValue(node.TwinOf);
            if ((node.FirstEpoch, node.LastEpoch) != (0, int.MaxValue))
            {
                json.WriteNumberValue(node.FirstEpoch);
                json.WriteNumberValue(node.LastEpoch);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteNetwork(Utf8JsonWriter json, NetworkSpec network)
    {
        json.WriteStartArray("regions");
        foreach (string region in network.Regions) json.WriteStringValue(region);
        json.WriteEndArray();
        json.WriteStartArray("one-way");
        foreach (IReadOnlyList<long> row in network.OneWay)
        {
            json.WriteStartArray();
            foreach (long delay in row) json.WriteNumberValue(delay);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteString("jitter", HashOf(network.JitterPerMillion));
        json.WriteNumber("spike-chance", network.SpikeChancePerMillion);
        json.WriteNumber("spike-extra", network.SpikeExtraPerMillion);
        json.WriteNumber("uplink", network.UplinkBitsPerSecond);
        json.WriteNumber("proposal", network.Sizes.Proposal);
        json.WriteNumber("vote", network.Sizes.Vote);
        json.WriteNumber("timeout", network.Sizes.Timeout);
        json.WriteNumber("request", network.Sizes.Request);
    }

    private static void WriteProcessing(Utf8JsonWriter json, ProcessingSpec processing)
    {
        json.WriteString("build", HashOf(processing.BuildProposal));
        json.WriteString("validate", HashOf(processing.ValidateProposal));
        json.WriteString("verify-vote", HashOf(processing.VerifyVote));
        json.WriteString("verify-timeout", HashOf(processing.VerifyTimeout));
        json.WriteString("persist", HashOf(processing.Persist));
    }

    private static void WriteEpochs(Utf8JsonWriter json, IReadOnlyList<EpochTiming> epochs)
    {
        json.WriteStartArray("epochs");
        foreach (EpochTiming epoch in epochs)
        {
            json.WriteStartArray();
            json.WriteNumberValue(epoch.FirstView.Value);
            json.WriteNumberValue(epoch.FinalView.Value);
            json.WriteNumberValue(epoch.TargetDurationSeconds);
            json.WriteNumberValue(epoch.TargetEndTimeSeconds);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WritePacemaker(Utf8JsonWriter json, PacemakerConfig pacemaker)
    {
        json.WriteNumber("min-timeout", pacemaker.MinTimeout.Nanoseconds);
        json.WriteNumber("max-timeout", pacemaker.MaxTimeout.Nanoseconds);
        json.WriteNumber("adjustment-factor", pacemaker.AdjustmentFactor);
        json.WriteNumber("happy-path-max-round-failures", pacemaker.HappyPathMaxRoundFailures);
        json.WriteNumber("max-rebroadcast-interval", pacemaker.MaxRebroadcastInterval.Nanoseconds);
    }

    private static void WriteCruiseControl(Utf8JsonWriter json, CruiseControlConfig cruise)
    {
        json.WriteBoolean("enabled", cruise.Enabled);
        json.WriteNumber("min-view-duration", cruise.MinViewDuration.Nanoseconds);
        json.WriteNumber("max-view-duration", cruise.MaxViewDuration.Nanoseconds);
        json.WriteNumber("fallback-proposal-delay", cruise.FallbackProposalDelay.Nanoseconds);
        json.WriteNumber("KP", cruise.Kp);
        json.WriteNumber("KI", cruise.Ki);
        json.WriteNumber("KD", cruise.Kd);
        json.WriteNumber("N_ewma", cruise.EwmaSamples);
        json.WriteNumber("N_itg", cruise.IntegratorSamples);
        json.WriteBoolean("observe-own-block-at-construction", cruise.OwnBlock == OwnBlockObservation.AtConstruction);
    }

    private static void WriteSync(Utf8JsonWriter json, SyncConfig sync)
    {
        json.WriteNumber("sync-scan-interval", sync.ScanInterval.Nanoseconds);
        json.WriteNumber("sync-poll-interval", sync.PollInterval.Nanoseconds);
        json.WriteNumber("sync-poll-nodes", sync.PollNodes);
        json.WriteNumber("sync-request-nodes", sync.RequestNodes);
        json.WriteNumber("sync-retry-interval", sync.RetryInterval.Nanoseconds);
        json.WriteNumber("sync-max-attempts", sync.MaxAttempts);
        json.WriteNumber("sync-tolerance", sync.Tolerance);
        json.WriteNumber("sync-max-size", sync.MaxSize);
        json.WriteNumber("sync-max-requests", sync.MaxRequests);
        json.WriteNumber("sync-queued-height-multiplicity", sync.QueuedHeightMultiplicity);
    }

    /// <summary>A distribution's table as a hash.</summary>
    public static string HashOf(Quantiles quantiles)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(quantiles.Body));
        hash.AppendData(MemoryMarshal.AsBytes(quantiles.Tail));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
