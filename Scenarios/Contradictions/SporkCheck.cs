using FlowSim.Chain;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>A spork that no run comes to, or beside which governance changes the software too.</summary>
internal static class SporkCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        if (plan.IsOfOneSeed || plan.Spec.Strategy.Spork is not { } spork) return;
        plan.Reach.Refuse(plan.Text.StrategyText.At, spork.At);
        foreach (GovernanceText act in plan.Governance)
        {
            if (act.Call is ContractCall.SetBoundary
                or ContractCall.Emit { Event: ServiceEvent.ProtocolStateVersionUpgrade })
                throw act.Written.At.Error("a spork changes the software already; "
                    + "write no version-boundary and protocol-version beside it");
        }
    }
}
