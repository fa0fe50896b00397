using System.Globalization;
using System.Linq;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>Strategies get from governance what they go by.</summary>
internal static class StrategyCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        if (plan.IsOfOneSeed) return;
        Strategy strategy = plan.Spec.Strategy;
        if (strategy.Cue != Cue.Nothing
            && !plan.Governance.Any(act => PlannedUpgrade.IsCue(act, strategy.Cue)))
            throw plan.Text.StrategyText.At.Error(
                $"'{strategy.Name}' goes by what governance asks for, and nobody asks; "
                + $"write a '{NameOf(strategy.Cue)}' under protocol.governance, or the strategy 'rolling'");
        if (plan.Text.StrategyText.StopAt is { } at)
            plan.Reach.Refuse(at.At, "stop-height", ulong.Parse(at.Text, CultureInfo.InvariantCulture));
    }

    private static string NameOf(Cue cue) =>
        cue == Cue.VersionBoundary ? "version-boundary" : "protocol-version";
}
