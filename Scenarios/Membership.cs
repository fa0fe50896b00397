using System.Collections.Generic;
using System.Globalization;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios;

/// <summary>The nodes of a scenario with the epochs that they are members of.</summary>
/// <remarks>An entry chooses among the nodes that no earlier entry has.</remarks>
internal sealed class Membership
{
    private readonly List<int> epochs = [];

    /// <exception cref="ScenarioException">A choice is wrong.</exception>
    public Membership(Scenario scenario, Casting cast)
    {
        List<NodeSpec> nodes = [.. scenario.Nodes];
        HashSet<int> taken = [];
        int entry = 0;
        foreach (MembershipText text in scenario.Protocol?.Members ?? [])
        {
            epochs.Add(text.Joins);
            epochs.Add(text.LeavesAfter ?? int.MaxValue);
            string purpose = string.Create(CultureInfo.InvariantCulture, $"choice of members {++entry}");
            foreach (int node in cast.Among(text.Of, purpose, taken).Members)
            {
                taken.Add(node);
                nodes[node] = nodes[node] with
                {
                    FirstEpoch = text.Joins,
                    LastEpoch = text.LeavesAfter ?? int.MaxValue,
                };
            }
        }

        Nodes = nodes;
    }

    public IReadOnlyList<NodeSpec> Nodes { get; }

    /// <summary>First and last epoch of each entry: before a seed is known nodes cannot tell, as all candidates of an
    /// entry stand for those that would be drawn.</summary>
    public IReadOnlyList<int> Epochs => epochs;
}
