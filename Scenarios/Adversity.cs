using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios;

/// <summary>What goes wrong in a run: faults and liars with their nodes, and the nodes with their twins.</summary>
/// <remarks>It belongs to the world, so all sets under one seed meet the same.</remarks>
public sealed class Adversity
{
    private readonly List<LinkFault> linkFaults = [];
    private readonly List<NodeFault> nodeFaults = [];
    private readonly List<Liar> liars = [];
    private readonly List<Deviation> deviations = [];
    private readonly Dictionary<string, int> occurrences = new(StringComparer.Ordinal);
    private readonly Casting cast;

    private readonly bool isOfOneSeed;

    private Adversity(Scenario scenario, Luck? luck)
    {
        isOfOneSeed = luck is not null;
        Casting natives = new(scenario.Nodes, scenario.Network.Regions, luck);
        var members = new Membership(scenario, natives);
        Nodes = WithTwins(scenario, natives, members.Nodes);
        cast = new Casting(Nodes, scenario.Network.Regions, luck);
        foreach (LiarText liar in scenario.Liars)
        {
            if (!liar.IsTwins) Add(liar);
        }

        foreach (FaultText fault in scenario.Faults) Add(fault);
        foreach (BehaviourText behaviour in scenario.Pipeline?.Behaviours ?? []) Add(behaviour);
        Governance = Acts(scenario);
        Upgrade = scenario.Upgrade is { } upgrade
            ? new UpgradeCasting(
                scenario, upgrade, Nodes, (choice, what) => cast.Of(choice, Purpose(what)), isOfOneSeed).Spec()
            : null;
        CrashOverlap.Refuse(scenario.Faults, nodeFaults, Nodes, isDrawn: luck is null);
        Drawn = [.. natives.Drawn, .. cast.Drawn, .. members.Epochs];
    }

    /// <summary>What goes wrong under one seed.</summary>
    /// <exception cref="ScenarioException">A choice is wrong.</exception>
    public static Adversity Under(Scenario scenario, ulong seed) => new(scenario, new Luck(seed));

    /// <summary>The same for all seeds: all candidates stand for those that a seed would draw.</summary>
    /// <exception cref="ScenarioException">A choice is wrong.</exception>
    public static Adversity OfAnySeed(Scenario scenario) => new(scenario, null);

    /// <summary>Who exists; second processes of twins come last.</summary>
    public IReadOnlyList<NodeSpec> Nodes { get; }

    public IReadOnlyList<LinkFault> LinkFaults => linkFaults;

    public IReadOnlyList<NodeFault> NodeFaults => nodeFaults;

    public IReadOnlyList<Liar> Liars => liars;

    /// <summary>Who executes or verifies otherwise than specified.</summary>
    public IReadOnlyList<Deviation> Deviations => deviations;

    /// <summary>What governance asks of the contracts.</summary>
    public IReadOnlyList<GovernanceAct> Governance { get; }

    /// <summary>Which software nodes run; null when all run what is specified.</summary>
    public UpgradeSpec? Upgrade { get; }

    /// <summary>How many nodes each drawn choice takes; then the epochs of those that come or go.</summary>
    public IReadOnlyList<int> Drawn { get; }

    private List<GovernanceAct> Acts(Scenario scenario)
    {
        List<GovernanceAct> acts = [];
        foreach (GovernanceText act in scenario.Protocol?.Governance ?? [])
        {
            if (act.Ejects is null) acts.Add(new GovernanceAct(act.Time, act.Call!));
            else foreach (int node in cast.Of(act.Ejects, Purpose("ejection")).Members)
                acts.Add(new GovernanceAct(act.Time, new ContractCall.Emit(new ServiceEvent.EjectNode(new(node)))));
        }

        return acts;
    }

    private List<NodeSpec> WithTwins(Scenario scenario, Casting natives, IReadOnlyList<NodeSpec> members)
    {
        List<NodeSpec> nodes = [.. members];
        HashSet<int> have = [];
        foreach (LiarText liar in scenario.Liars)
        {
            if (!liar.IsTwins) continue;
            foreach (int member in natives.Members(liar.Who, Purpose(liar.Kind)).Members)
            {
                NodeSpec node = scenario.Nodes[member];
                if (!have.Add(member)) throw liar.Who.At.Error($"{node.Name} has a twin already");
                int region = liar.TwinRegion is null ? node.Region : natives.Region(liar.TwinRegion);
                nodes.Add(node with { Name = $"{node.Name}-twin", TwinOf = node.Name, Region = region });
            }
        }

        return nodes;
    }

    private void Add(LiarText liar)
    {
        string purpose = Purpose(liar.Kind);
        NodeSet who = cast.Members(liar.Who, purpose);
        liars.Add(liar.Made(who, liar.Favoured is null ? null : cast.Of(liar.Favoured, $"{purpose}, to")));
    }

    private void Add(BehaviourText behaviour) => deviations.Add(
        new Deviation(cast.Of(behaviour.Of, Purpose($"behaviour {behaviour.Name}")), behaviour.Behaviour));

    private void Add(FaultText fault)
    {
        string purpose = Purpose(fault.Kind);
        switch (fault)
        {
            case FaultText.Link link:
                linkFaults.Add(link.Make(fault.During, Side(link.From, $"{purpose}, from"),
                    Side(link.To, $"{purpose}, to")));
                break;
            case FaultText.Partition partition:
                Part(partition, purpose);
                break;
            case FaultText.AtNodes trouble:
                nodeFaults.Add(trouble.Make(fault.During, cast.Of(trouble.Who, purpose)));
                break;
        }
    }

    private NodeSet Side(ChoiceText? choice, string purpose) =>
        choice is null ? cast.Everyone : cast.Of(choice, purpose);

    /// <summary>No side hears another; who is on none hears all.</summary>
    private void Part(FaultText.Partition partition, string purpose)
    {
        int[] sideOf = new int[Nodes.Count];
        Array.Fill(sideOf, -1);
        // Before a seed is known every candidate stands for those drawn; who is on which side is not settled then.
        bool isSettled = isOfOneSeed || !partition.Sides.Any(side => side?.IsDrawn == true);
        for (int side = 0; side < partition.Sides.Count; side++)
        {
            if (partition.Sides[side] is not { } choice) continue;
            string draw = string.Create(CultureInfo.InvariantCulture, $"{purpose}, side {side + 1}");
            foreach (int node in cast.Of(choice, draw).Members)
            {
                if (sideOf[node] >= 0 && isSettled)
                    throw choice.At.Error($"{Nodes[node].Name} is on two sides of the partition");
                if (sideOf[node] < 0) sideOf[node] = side;
            }
        }

        for (int side = 0; side < partition.Sides.Count; side++)
        {
            if (partition.Sides[side] is null && isSettled && Array.IndexOf(sideOf, -1) < 0)
                throw partition.At.Error("the other sides have all nodes; there is no rest");
            if (partition.Sides[side] is null) Array.ForEach(Where(sideOf, i => i < 0), node => sideOf[node] = side);
        }

        for (int side = 0; side < partition.Sides.Count; side++)
        {
            int[] inside = Where(sideOf, i => i == side);
            int[] outside = Where(sideOf, i => i >= 0 && i != side);
            linkFaults.Add(new LinkFault.Cut(
                partition.During, new NodeSet(Nodes.Count, inside), new NodeSet(Nodes.Count, outside)));
        }
    }

    private static int[] Where(int[] sideOf, Predicate<int> isMeant)
    {
        List<int> nodes = [];
        for (int node = 0; node < sideOf.Length; node++)
        {
            if (isMeant(sideOf[node])) nodes.Add(node);
        }

        return [.. nodes];
    }

    /// <summary>Names the draws of the k-th entry of a kind: entries of other kinds do not change them.</summary>
    private string Purpose(string kind)
    {
        int occurrence = occurrences[kind] = occurrences.GetValueOrDefault(kind) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"choice of nodes: {kind} {occurrence}");
    }
}
