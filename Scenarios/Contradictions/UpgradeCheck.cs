using System;
using System.Collections.Generic;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>Refuses plans that contradict themselves, or of which a part can never take effect.</summary>
/// <remarks>
/// A number out of such a plan would answer another question than its author's. What the protocol itself answers, as a
/// boundary in the freeze period, stays possible, but whoever asks for it says what is specified.
/// </remarks>
internal static class UpgradeCheck
{
    private static readonly IReadOnlyList<Action<PlannedUpgrade>> All =
    [
        BehaviourCheck.Refuse, SporkCheck.Refuse, StrategyCheck.Refuse, BoundaryCheck.Refuse,
        ProtocolVersionCheck.Refuse, SpecifiedCheck.Refuse, ReleaseCheck.Refuse, OperatorCheck.Refuse,
        RolloutCheck.Refuse, WaveCheck.Refuse, OverlapCheck.Refuse, ActCheck.Refuse, PresenceCheck.Refuse,
        HoldingCheck.Refuse,
    ];

    /// <exception cref="ScenarioException">The first contradiction found.</exception>
    public static void Refuse(PlannedUpgrade plan)
    {
        foreach (Action<PlannedUpgrade> check in All) check(plan);
    }
}
