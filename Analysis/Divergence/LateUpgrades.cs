using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using FlowSim.Upgrades;

namespace FlowSim.Analysis.Divergence;

/// <summary>D17: an announcement comes too late: a version boundary is sealed when its height is executed already, or
/// a protocol upgrade is turned down as its view is too near.</summary>
public sealed class LateUpgrade : IOutcome
{
    public static readonly OutcomeKind Kind = new("d17-late-upgrades", "announcements",
        "D17: version boundaries sealed after somebody had executed their height, and protocol upgrades turned down "
        + "as their view was too near", () => new LateUpgrade());

    private readonly HashSet<(Height, string)> heard = [];
    private readonly HashSet<(BlockId, ulong)> judged = [];

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Finalized:
                foreach (VersionBoundary boundary in scene.Boundaries)
                {
                    bool isLate = heard.Add((boundary.Height, boundary.Version)) && boundary.Height.Value > 0
                        && boundary.Height <= scene.Executed;
                    Count += isLate ? 1 : 0;
                }

                break;
            case Notice.ServiceEventJudged { Event: ServiceEvent.ProtocolStateVersionUpgrade asked } verdict
                when verdict.Verdict == (byte)EventVerdict.InvalidActivationView:
                Count += judged.Add((verdict.Block.Id, asked.NewVersion)) ? 1 : 0;
                break;
        }
    }
}

/// <summary>D18: a node that began at a snapshot executes beyond a sealed version boundary with an older image.
/// </summary>
public sealed class IgnorantJoiner : IOutcome
{
    public static readonly OutcomeKind Kind = new("d18-ignorant-joiners", "nodes",
        "D18: new nodes that executed beyond a sealed version boundary with an image of a lower version",
        () => new IgnorantJoiner());

    private readonly HashSet<int> joined = [];

    public long Count { get; private set; }

    public void On(Scene scene, in TraceEvent entry)
    {
        if (entry.Notice is Notice.Bootstrapped) joined.Add(entry.Node.Index);
    }

    public void Executed(Scene scene, in Execution execution)
    {
        if (!joined.Contains(execution.Node)) return;
        SemanticVersion? own = scene.Run.Upgrade!.Images[scene.ImageOf(execution.Node)].Version;
        foreach (VersionBoundary boundary in scene.Boundaries)
        {
            if (execution.Facts.Result.Height < boundary.Height || own is null
                || own.CompareTo(SemanticVersion.Parse(boundary.Version)) >= 0) continue;
            joined.Remove(execution.Node);
            Count++;
            return;
        }
    }
}
