using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Contracts;

namespace FlowSim.Epochs;

/// <summary>Reads the system contracts; of another epoch than the one set up last they hold nothing.</summary>
public sealed class ContractReader : IContractReader
{
    public IReadOnlyList<ContractCall.DkgPost> Whiteboard(ContractState contracts, ulong epoch) =>
        DkgOf(contracts, epoch)?.Whiteboard ?? [];

    public bool HasResult(ContractState contracts, ulong epoch, NodeId participant) =>
        DkgOf(contracts, epoch)?.HasResultOf(participant) == true;

    public bool HasVoted(ContractState contracts, ulong epoch, NodeId voter) =>
        contracts is SystemContracts { Clusters: { } voting } && voting.Epoch == epoch && voting.HasVoted(voter);

    private static KeyGeneration? DkgOf(ContractState contracts, ulong epoch) =>
        contracts is SystemContracts { Dkg: { } dkg } && dkg.Epoch == epoch ? dkg : null;
}
