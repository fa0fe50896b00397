using System.Collections.Generic;

namespace FlowSim.Chain;

/// <summary>The protocol state that a block commits to, as seen by whoever need not know how it evolves.</summary>
/// <remarks>Only worlds with a protocol state have one. It is as of a block, its own effects included.</remarks>
public abstract record CommittedState
{
    /// <summary>The key of the content: what the block commits to.</summary>
    public abstract ulong Id { get; }

    /// <summary>The number of the epoch that the block is in.</summary>
    public abstract ulong EpochCounter { get; }

    /// <summary>The members of the current epoch with a role and with weight, without the ejected ones, ascending.
    /// </summary>
    public abstract IReadOnlyList<NodeId> Active(Role role);

    /// <summary>Whether a node was ejected from the current epoch.</summary>
    public abstract bool IsEjected(NodeId node);
}

/// <summary>The system contracts' part of the execution state after a block, for whoever only passes it on.</summary>
public abstract record ContractState;
