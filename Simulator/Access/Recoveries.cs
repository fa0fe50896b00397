using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.ProtocolState;

namespace FlowSim.Access;

/// <summary>Prepares what governance asks for, from the protocol state that a node knows to be final.</summary>
/// <remarks>Stands for flow-go's tool that makes the arguments of the recovery transaction (cmd/util, epochs).
/// </remarks>
internal static class Recoveries
{
    /// <summary>The call with its event, if it is a recovery; any other as it is.</summary>
    /// <param name="call">What a client asks.</param>
    /// <param name="state">The finalized protocol state.</param>
    /// <param name="planner">What epochs are made of; null in worlds without contracts.</param>
    public static ContractCall? Prepare(ContractCall? call, CommittedState? state, EpochPlanner? planner)
    {
        if (call is not ContractCall.Recover asked || planner is null
            || state is not KeyValueSnapshot { Epochs.Current: { Commit: { } keys } current }) return call;
        ulong counter = current.Counter + 1 + asked.CounterAhead;
        var first = new View(current.FinalView.Value + 1 + asked.FirstViewAhead);
        return new ContractCall.RecoverEpoch(
            planner.Recovery(counter, first, keys, current.Timing.TargetEndTimeSeconds, current.Ejected));
    }
}
