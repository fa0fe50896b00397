using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The replicas of a recorded safety case, numbered as their names turn up.</summary>
internal sealed class RecordedNodes(string self)
{
    private readonly List<string> names = [self];

    public NodeId Self => default;

    public NodeId Named(string name)
    {
        int index = names.IndexOf(name);
        if (index >= 0) return new NodeId(index);
        names.Add(name);
        return new NodeId(names.Count - 1);
    }

    /// <summary>The committee's answers during a step; no leader's name means an unknown epoch.</summary>
    public SafetyContext Context(JsonElement op)
    {
        string leader = op.Text("leaderForView");
        return new SafetyContext(
            Self,
            leader.Length == 0 ? null : Named(leader),
            op.Flag("proposerEjectedAtBlock"),
            !op.Flag("selfNotAuthorizedAtBlock"),
            !op.Flag("selfNotAuthorizedInEpoch"));
    }
}
