using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Epochs;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>Those to whom operators do something are there, by the targets of the epochs.</summary>
/// <remarks>Who has left only follows; who has not joined has nothing to lose, but may be given an image.</remarks>
internal static class PresenceCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        for (int i = 0; i < plan.Spec.Acts.Count; i++)
        {
            if (plan.IsSettled(plan.Text.Acts[i].Of)) RefuseAbsent(plan, plan.Text.Acts[i], plan.Spec.Acts[i]);
        }
    }

    /// <summary>Of nodes chosen by name each must be there, of others somebody.</summary>
    private static void RefuseAbsent(PlannedUpgrade plan, ActText text, OperatorAct act)
    {
        string? absent = null;
        foreach (int node in act.Nodes.Members)
        {
            string? why = Absence(plan, node, act);
            if (why is null && text.Of.Names is null) return;
            absent ??= why;
        }

        if (absent is not null) throw text.AtAt.Error(absent);
    }

    private static string? Absence(PlannedUpgrade plan, int node, OperatorAct act)
    {
        NodeSpec spec = plan.Nodes[node];
        if (plan.Scenario.Protocol is not { } protocol) return null;
        IReadOnlyList<ParameterSet> sets = plan.Scenario.Sets;
        if (spec.FirstEpoch > 0 && act is OperatorAct.Crash or OperatorAct.Restore)
        {
            SimTime needed = act is OperatorAct.Restore { Backup: var backup } ? backup : act.At;
            SimTime joined = sets.Min(set => Reach.TimeOf(JoinView(spec.FirstEpoch, set, protocol.Spec), set));
            if (needed < joined)
                return $"{spec.Name} has no snapshot of the chain before about {Reach.Format(joined)}; choose a later "
                    + (act is OperatorAct.Restore ? "backup" : "time");
        }

        if (spec.LastEpoch == int.MaxValue) return null;
        SimTime left = sets.Max(set => Reach.TimeOf((ulong)(spec.LastEpoch + 1L) * set.Epoch.Views, set));
        return act.At < left ? null
            : FormattableString.Invariant($"{spec.Name} leaves with epoch {spec.LastEpoch}, at ")
                + $"about {Reach.Format(left)}, and only follows then; choose an earlier time, or another node";
    }

    /// <summary>The first view at which a node may take its snapshot.</summary>
    private static ulong JoinView(int epoch, ParameterSet set, ProtocolSpec protocol) =>
        (ulong)(epoch - 1) * set.Epoch.Views
        + (protocol.Joining.Phase == JoinPhase.AtOnce ? 0 : protocol.StakingViews);
}
