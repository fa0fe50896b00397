using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Epochs;

/// <summary>Reads what the system contracts hold for an epoch to come, out of an execution node's answer.</summary>
public interface IContractReader
{
    /// <summary>What stands on the whiteboard of an epoch's key generation, in the order of execution.</summary>
    IReadOnlyList<ContractCall.DkgPost> Whiteboard(ContractState contracts, ulong epoch);

    /// <summary>Whether a participant's result of an epoch's key generation is in.</summary>
    bool HasResult(ContractState contracts, ulong epoch, NodeId participant);

    /// <summary>Whether a collection node's vote for its cluster's root block of an epoch is in.</summary>
    bool HasVoted(ContractState contracts, ulong epoch, NodeId voter);
}
