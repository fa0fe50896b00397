using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;

namespace FlowSim.Tests.Epochs;

/// <summary>Contracts that keep every call that reached them, in order.</summary>
internal sealed record SomeContracts(IReadOnlyList<ContractCall> Calls) : ContractState, IContractReader
{
    public static readonly SomeContracts Empty = new([]);

    public IReadOnlyList<ContractCall.DkgPost> Posts => [.. Calls.OfType<ContractCall.DkgPost>()];

    public IReadOnlyList<ContractCall.DkgResult> Results => [.. Calls.OfType<ContractCall.DkgResult>()];

    public IReadOnlyList<ContractCall.DkgPost> Whiteboard(ContractState contracts, ulong epoch) =>
        [.. ((SomeContracts)contracts).Posts.Where(post => post.Epoch == epoch)];

    public bool HasResult(ContractState contracts, ulong epoch, NodeId participant) =>
        ((SomeContracts)contracts).Results.Any(result => result.Epoch == epoch && result.From == participant);

    public bool HasVoted(ContractState contracts, ulong epoch, NodeId voter) =>
        ((SomeContracts)contracts).Calls.Contains(new ContractCall.ClusterVote(epoch, voter));
}
