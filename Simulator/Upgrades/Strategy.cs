using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>How the software of a network is changed: what nodes that run an image do at a coming change.</summary>
/// <remarks>
/// Which versions of the protocol state an image handles is a fact about the image, and holds under every strategy.
/// </remarks>
public abstract record Strategy
{
    /// <summary>What scenarios and reports call it.</summary>
    public abstract string Name { get; }

    /// <summary>What governance must ask for, so that anything changes by it.</summary>
    public virtual Cue Cue => Cue.Nothing;

    /// <summary>How an image executes which block.</summary>
    public abstract IBehaviours BehavioursOf(Image image);

    /// <summary>What new nodes learn of version beacons.</summary>
    public virtual BeaconKnowledge Knowledge => BeaconKnowledge.Snapshot;

    /// <summary>What tells afterwards which version holds for an old block.</summary>
    public virtual VersionRecord Record => VersionRecord.Nothing;

    /// <summary>When everybody begins anew from one root; null when nobody does.</summary>
    public virtual SporkPlan? Spork => null;

    /// <summary>What makes a node of a role stop at a boundary that beacons announce; null when nothing does.</summary>
    public virtual StopControl? StopOf(Role role, Image image) => null;

    /// <summary>The height at which a node of a role stops whatever beacons say; null when there is none.</summary>
    /// <param name="role">Its role.</param>
    /// <param name="isFirst">Whether the process runs the image with which its node began.</param>
    public virtual Height? FlagOf(Role role, bool isFirst) => null;
}

/// <summary>What on the chain a strategy goes by.</summary>
public enum Cue : byte
{
    Nothing,
    VersionBoundary,
    ProtocolVersion,
}

/// <summary>What a node that joins learns of the version beacons before.</summary>
public enum BeaconKnowledge : byte
{
    /// <summary>Nothing: a node knows the beacons that it indexed itself (flow-go before August 2023).</summary>
    MemoryOnly,

    /// <summary>The newest one, which its snapshot carries (state/protocol/inmem/convert.go).</summary>
    Snapshot,

    /// <summary>All of them, as if every block's protocol state told the newest one sealed as of it.</summary>
    ProtocolState,
}

/// <summary>What tells afterwards which version of the software holds for a block.</summary>
public enum VersionRecord : byte
{
    /// <summary>Nothing that nodes keep.</summary>
    Nothing,

    /// <summary>The version beacons that a node has indexed.</summary>
    Beacons,

    /// <summary>The protocol state that the block commits to.</summary>
    BlockState,
}
