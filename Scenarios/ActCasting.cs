using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Scenarios.Format;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios;

/// <summary>What operators do beside rollouts, with its nodes.</summary>
/// <inheritdoc cref="UpgradeCasting"/>
internal sealed class ActCasting(
    UpgradeText text, IReadOnlyList<NodeSpec> nodes, Func<ChoiceText, string, NodeSet> choose, bool isOfOneSeed)
{
    /// <exception cref="ScenarioException">Names are wrong, or acts contradict each other or the node's role.
    /// </exception>
    public List<OperatorAct> Acts()
    {
        List<OperatorAct> acts = [];
        List<ActText> settled = [];
        List<OperatorAct> made = [];
        foreach (ActText entry in text.Acts)
        {
            OperatorAct act = entry.Make(choose(entry.Of, $"mistake {entry.Kind}"),
                entry.Image is null ? null : ImageName.IndexOf(entry.Image, text.Images), FromOf(entry));
            acts.Add(act);
            if (act is OperatorAct.Restore) RefuseSigners(entry, act.Nodes);
            if (act is OperatorAct.CopyDisk clone) RefuseOthersDisks(entry, clone);
            if (act is OperatorAct.Stage || (entry.Of.IsDrawn && !isOfOneSeed)) continue;
            for (int i = 0; i < made.Count; i++) RefuseOverlap(entry, act, settled[i], made[i]);
            settled.Add(entry);
            made.Add(act);
        }

        return acts;
    }

    private int? FromOf(ActText entry) => entry.From is { } name
        ? choose(new ChoiceText(name.At, [name], null, null, null, null, null), $"from {name.Text}").Members[0]
        : null;

    private void RefuseOverlap(ActText entry, OperatorAct act, ActText earlier, OperatorAct other)
    {
        bool areBothRestored = act is OperatorAct.Restore && other is OperatorAct.Restore;
        if (act.At != other.At && !areBothRestored) return;
        foreach (int node in act.Nodes.Members)
        {
            if (!other.Nodes.Contains(node)) continue;
            throw entry.AtAt.Error(areBothRestored
                ? FormattableString.Invariant(
                    $"{nodes[node].Name} is restored already by line {earlier.AtAt.Line}; once is all a node can be")
                : FormattableString.Invariant(
                    $"{nodes[node].Name} is taken down then already by line {earlier.AtAt.Line}; choose another time"));
        }
    }

    private void RefuseSigners(ActText entry, NodeSet restored)
    {
        foreach (int node in restored.Members)
        {
            if (nodes[node].Role is Role.Consensus or Role.Collection)
                throw entry.Of.At.Error($"{nodes[node].Name} would sign against itself after a restored backup; "
                    + "choose execution, verification or access nodes");
        }
    }

    /// <summary>A copied disk must hold nothing that belongs to its node alone, and must be there.</summary>
    private void RefuseOthersDisks(ActText entry, OperatorAct.CopyDisk clone)
    {
        NodeSpec from = nodes[clone.From];
        foreach (int index in clone.Nodes.Members)
        {
            NodeSpec node = nodes[index];
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
