using System;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios;

/// <summary>Refuses a protocol section that its world cannot live by.</summary>
public static class ProtocolCheck
{
    /// <summary>Phases of the key generation.</summary>
    private const ulong Phases = 3;

    /// <exception cref="ScenarioException">Who needs a protocol has none, there is no
    /// pipeline, or an epoch is too short for what it must hold.
    /// </exception>
    public static void Refuse(Scenario scenario)
    {
        if (scenario.Protocol is not { } protocol)
        {
            if (scenario.Upgrade is { Strategy: not RollingUpgrade } upgrade)
                throw upgrade.At.Error("this strategy needs a protocol section: what it goes by comes from the chain");
            return;
        }

        if (scenario.Pipeline is null)
            throw protocol.At.Error("protocol needs a pipeline: what prepares an epoch is executed and sealed");
        ProtocolSpec spec = protocol.Spec;
        ulong needed = spec.StakingViews + Phases * spec.DkgPhaseViews + spec.SafetyThreshold;
        foreach (ParameterSet set in scenario.Sets)
        {
            if (set.Epoch.Views <= needed)
                throw protocol.At.Error(FormattableString.Invariant(
                    $"staking, three phases and the safety threshold take {needed} views; an epoch must have more, ")
                    + FormattableString.Invariant($"and that of {set.Name} has {set.Epoch.Views}"));
        }
    }
}
