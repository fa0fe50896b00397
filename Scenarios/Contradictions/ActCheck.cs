using System;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>What operators do apart from rollouts.</summary>
internal static class ActCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        for (int i = 0; i < plan.Spec.Acts.Count; i++)
        {
            (ActText text, OperatorAct act) = (plan.Text.Acts[i], plan.Spec.Acts[i]);
            plan.Reach.Refuse(text.AtAt, act.At);
            if (act is OperatorAct.Restore restore) RefuseSigners(plan, text, restore);
            if (act is OperatorAct.CopyDisk clone) RefuseOthersDisks(plan, text, clone);
            if (!plan.IsSettled(text.Of)) continue;
            for (int j = 0; j < i; j++)
            {
                if (plan.IsSettled(plan.Text.Acts[j].Of))
                    RefuseOverlap(plan, text, act, plan.Text.Acts[j], plan.Spec.Acts[j]);
            }
        }
    }

    private static void RefuseOverlap(
        PlannedUpgrade plan, ActText text, OperatorAct act, ActText earlier, OperatorAct other)
    {
        bool areBothRestored = act is OperatorAct.Restore && other is OperatorAct.Restore;
        if (act.At != other.At && !areBothRestored) return;
        foreach (int node in act.Nodes.Members)
        {
            if (!other.Nodes.Contains(node)) continue;
            (string what, string advice) = areBothRestored ? ("is restored", "once is all a node can be")
                : other is OperatorAct.Stage ? ("gets an image then", "choose another time")
                : ("is taken down then", "choose another time");
            throw text.AtAt.Error(FormattableString.Invariant(
                $"{plan.Nodes[node].Name} {what} already by line {earlier.AtAt.Line}; {advice}"));
        }
    }

    private static void RefuseSigners(PlannedUpgrade plan, ActText text, OperatorAct.Restore restore)
    {
        if (restore.Backup == SimTime.Zero)
            throw text.AtAt.Error("at 0s nothing is on disk to be backed up; write a later 'backup'");
        foreach (int node in restore.Nodes.Members)
        {
            if (plan.Nodes[node].Role is Role.Consensus or Role.Collection)
                throw text.Of.At.Error($"{plan.Nodes[node].Name} would sign against itself after a restored backup; "
                    + "choose execution, verification or access nodes");
        }
    }

    /// <summary>A copied disk must hold nothing that belongs to its node alone, and must be there.</summary>
    private static void RefuseOthersDisks(PlannedUpgrade plan, ActText entry, OperatorAct.CopyDisk clone)
    {
        NodeSpec from = plan.Nodes[clone.From];
        foreach (int index in clone.Nodes.Members)
        {
            NodeSpec node = plan.Nodes[index];
            if (node.Role is Role.Consensus or Role.Collection)
                throw entry.Of.At.Error($"{node.Name} would sign what another has signed; "
                    + "choose execution or access nodes");
            if (node.Role is Role.Verification)
                throw entry.Of.At.Error($"{node.Name} would check another's chunks instead of its own; "
                    + "choose execution or access nodes");
            if (node.FirstEpoch > 0)
                throw entry.Of.At.Error($"{node.Name} joins later, with a snapshot; choose a node of the first epoch");
            if (index == clone.From)
                throw entry.From!.At.Error($"{from.Name} has its own disk already; name another node");
            if (node.Role != from.Role)
                throw entry.From!.At.Error($"{from.Name} is no {NodesFormat.NameOf(node.Role)} node as {node.Name} is; "
                    + "name one of the same role");
        }

        if (from.FirstEpoch > 0)
            throw entry.From!.At.Error($"{from.Name} joins later and may have no disk; name a node of the first epoch");
    }
}
