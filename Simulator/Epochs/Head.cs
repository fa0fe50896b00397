using System;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Epochs;

/// <summary>The last finalized block as a part sees it.</summary>
/// <param name="Block">The block.</param>
/// <param name="State">Its protocol state.</param>
/// <param name="LastSealed">The newest block that is sealed as of it.</param>
internal readonly record struct Head(Block Block, KeyValueSnapshot State, BlockId LastSealed)
{
    /// <exception cref="ArgumentException">The block has no protocol state.</exception>
    public static Head Of(Block block) => block.Payload is Payload.Main { State: KeyValueSnapshot state } main
        ? new Head(block, state, main.LastSeal.BlockId)
        : throw new ArgumentException("a block without a protocol state", nameof(block));
}
