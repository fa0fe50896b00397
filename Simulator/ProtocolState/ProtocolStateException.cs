using System;

namespace FlowSim.ProtocolState;

/// <summary>Why a block has no protocol state.</summary>
public enum ProtocolStateFault : byte
{
    /// <summary>The parent's is unknown.</summary>
    ParentNotFound,

    /// <summary>The block needs a version to which this software cannot take the parent's.</summary>
    IncompatibleVersionChange,

    /// <summary>The parent's is of a version that this software cannot read.</summary>
    UndecodableVersion,

    /// <summary>Two seals of the block are for one height.</summary>
    DuplicateSealHeight,

    /// <summary>The block's seals leave out a height.</summary>
    DiscontinuousSeals,
}

/// <summary>A block's protocol state cannot be computed; flow-go's node stops.</summary>
/// <remarks>Two seals at a height, or a height left out, only make the block invalid.</remarks>
public sealed class ProtocolStateException(ProtocolStateFault fault, string message) : Exception(message)
{
    public ProtocolStateFault Fault { get; } = fault;
}
