using System;
using System.Collections.Generic;
using System.Globalization;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.ProtocolState;

/// <summary>A version and the first view under it (protocol_state ViewBasedActivator).</summary>
public readonly record struct VersionUpgrade(ulong Version, View ActivationView);

/// <summary>The protocol's parameters as of a block: what every block commits to.</summary>
/// <remarks>
/// flow-go kvstore/models.go. Versions 0 to 2 have the same fields; version 3 adds parameters of execution that nothing
/// writes or reads, and which are left out here.
/// </remarks>
/// <param name="Version">Version of the protocol.</param>
/// <param name="Upgrade">The last accepted upgrade, to come or done; none before the first.</param>
/// <param name="Epochs">The previous, current and next epoch.</param>
/// <param name="EpochExtensionViewCount">Views by which fallback mode extends an epoch.</param>
/// <param name="FinalizationSafetyThreshold">Views within which a block is taken to be finalized.</param>
public sealed record KeyValueSnapshot(
    ulong Version, VersionUpgrade? Upgrade, EpochState Epochs, ulong EpochExtensionViewCount,
    ulong FinalizationSafetyThreshold) : CommittedState
{
    /// <summary>The version of a new chain unless it says otherwise (kvstore/models.go, NewDefaultKVStore).</summary>
    public const ulong DefaultVersion = 2;

    /// <summary>The key of the content: stands for flow-go's hash over version and fields.</summary>
    public override ulong Id
    {
        get
        {
            ulong key = Mix64.Then(Mix64.Then(60, Version), Epochs.Id);
            if (Upgrade is { } known) key = Mix64.Then(Mix64.Then(key, known.Version), known.ActivationView.Value);
            return Mix64.Then(Mix64.Then(key, EpochExtensionViewCount), FinalizationSafetyThreshold);
        }
    }

    public override ulong EpochCounter => Epochs.Current.Counter;

    public override IReadOnlyList<NodeId> Active(Role role) => Epochs.Current.Active(role);

    public override bool IsEjected(NodeId node) => Epochs.Current.HasEjected(node);

    /// <summary>The state that a chain starts with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The software cannot read that version.</exception>
    public static KeyValueSnapshot Bootstrap(
        VersionSupport support, ulong version, EpochState epochs, ulong extensionViewCount, ulong safetyThreshold) =>
        support.Reads(version)
            ? new KeyValueSnapshot(version, null, epochs, extensionViewCount, safetyThreshold)
            : throw new ArgumentOutOfRangeException(nameof(version), version, "no such version to start with");

    /// <summary>The version that a child has: the upgrade's from its activation view on.</summary>
    /// <remarks>protocol_state.go. The first block at or after that view counts.</remarks>
    public ulong VersionAt(View view) =>
        Upgrade is { } upgrade && view >= upgrade.ActivationView ? upgrade.Version : Version;

    /// <summary>The same fields under a version: this one or the next (kvstore/models.go, Replicate).</summary>
    /// <exception cref="ProtocolStateException">Another version, or one that the software does not know.</exception>
    public KeyValueSnapshot Replicate(ulong version, VersionSupport support)
    {
        if (version == Version) return this;
        if (version == Version + 1 && version <= support.NewestMade)
            return this with { Version = version };
        throw new ProtocolStateException(ProtocolStateFault.IncompatibleVersionChange, string.Create(
            CultureInfo.InvariantCulture, $"cannot take protocol state version {Version} to {version}"));
    }
}
