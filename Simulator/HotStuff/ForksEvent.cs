using System;
using System.Globalization;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>How a block changed the block tree.</summary>
public enum ForksChange : byte
{
    /// <summary>The block joined the tree.</summary>
    Incorporated,

    /// <summary>The block is final; ancestors come first.</summary>
    Finalized,

    /// <summary>A second block of one view: evidence against its leader.</summary>
    DoubleProposal,
}

/// <summary>What a new block changed in the block tree.</summary>
/// <param name="Change">How.</param>
/// <param name="Block">The block concerned.</param>
/// <param name="Earlier">The other block of its view, for a double proposal only.</param>
public readonly record struct ForksEvent(ForksChange Change, Block Block, Block? Earlier = null);

/// <summary>Why a block is final: its direct child, in the very next view, is certified.</summary>
/// <param name="Block">The final block.</param>
/// <param name="CertifiedChild">Its child of the next view.</param>
/// <param name="CertifyingQc">The QC for the child.</param>
public sealed record FinalityProof(Block Block, Block CertifiedChild, QuorumCertificate CertifyingQc);

/// <summary>A block's parent, at or above the finalized view, is not in the tree.</summary>
public sealed class MissingBlockException(View view, BlockId id) : Exception(string.Create(
    CultureInfo.InvariantCulture, $"block {id.Value:x16} of view {view.Value} is missing"))
{
    public View View { get; } = view;

    public BlockId Id { get; } = id;
}

/// <summary>More than a third of the weight must have broken the rules; flow-go's node stops.</summary>
public sealed class ByzantineThresholdExceededException(string message) : Exception(message);
