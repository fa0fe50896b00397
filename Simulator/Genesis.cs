using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;

namespace FlowSim;

/// <summary>What a chain with a protocol state and system contracts starts from.</summary>
internal static class Genesis
{
    /// <summary>What epochs are made of: the plan of members, and the lengths that all epochs of a run share.</summary>
    public static EpochPlanner Planner(RunSpec run, ProtocolSpec protocol, EpochTable table) =>
        new(table, new ContractsSpec
        {
            Views = run.Epochs[0].Views,
            StakingViews = protocol.StakingViews,
            DkgPhaseViews = protocol.DkgPhaseViews,
            TargetDurationSeconds = run.Epochs[0].TargetDurationSeconds,
            FreezePeriod = protocol.FreezePeriod,
        });

    /// <summary>The root block: everybody of the first epoch voted, and has a key.</summary>
    public static Block Root(RunSpec run, ProtocolSpec protocol, EpochPlanner planner)
    {
        EpochTiming first = run.Epochs[0];
        ServiceEvent.EpochSetup setup = planner.Root(
            first.FirstView, first.FinalView, first.TargetDurationSeconds, first.TargetEndTimeSeconds);
        var epochs = new EpochState(null, EpochEntry.Of(setup, EpochPlanner.RootCommit(setup)), null, false);
        var state = KeyValueSnapshot.Bootstrap(protocol.Support, protocol.Version, epochs, protocol.ExtensionViews,
            protocol.SafetyThreshold);
        return Block.Root(first.FirstView, state, SystemContracts.Root(planner, setup));
    }
}
