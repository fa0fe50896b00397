using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>What became of a view.</summary>
public enum ViewFate : byte
{
    /// <summary>The run ended before finality reached it.</summary>
    Undecided,

    /// <summary>Its block is final.</summary>
    Final,

    /// <summary>It had a block, which is not on the finalized chain.</summary>
    Orphaned,

    /// <summary>No block of it was ever published.</summary>
    NoBlock,
}

/// <summary>All that is known of one view.</summary>
public sealed class ViewFacts
{
    private readonly NodeFacts[] nodes;

    public ViewFacts(Cast cast, View view)
    {
        Cast = cast;
        View = view;
        Leader = cast.Leader(view);
        NextLeader = cast.Leader(view.Next);
        nodes = new NodeFacts[cast.Population];
        for (int i = 0; i < nodes.Length; i++) nodes[i] = new NodeFacts();
    }

    public Cast Cast { get; }

    public View View { get; }

    /// <summary>Who may vote in the view.</summary>
    public Committee Committee => Cast.CommitteeAt(View);

    /// <summary>Indexes of those who may.</summary>
    public IEnumerable<int> Members => Cast.MembersAt(View);

    public int Leader { get; }

    public int NextLeader { get; }

    public NodeFacts this[int node] => nodes[node];

    /// <summary>The leader's block, when it was built, and when the controller wanted it published.</summary>
    public (SimTime At, Block Block, SimTime Target)? Built { get; set; }

    public (SimTime At, SimTime Ready)? Published { get; set; }

    /// <summary>When the first QC of the view was assembled, by whom and of how many votes.</summary>
    public (SimTime At, int By, int Votes)? Qc { get; set; }

    /// <summary>The first known block of a later view that carries the view's QC.</summary>
    public (SimTime At, Block Block)? Child { get; set; }

    /// <summary>The block above the view that was finalized without the view's own block.</summary>
    public Block? FinalInstead { get; set; }

    public bool HasTwoBlocks { get; set; }

    /// <summary>The newest view any member entered.</summary>
    public View Highest { get; set; }

    public SimTime RunEnd { get; set; }

    public ViewFate Fate
    {
        get
        {
            if (First(node => node.Finalized) is not null) return ViewFate.Final;
            if (FinalInstead is null) return ViewFate.Undecided;
            return Published is null ? ViewFate.NoBlock : ViewFate.Orphaned;
        }
    }

    /// <summary>When the first member entered the view; null if all skipped it.</summary>
    public SimTime? Start => First(node => node.Entered)?.At;

    /// <summary>When the first member entered a later view.</summary>
    public SimTime? End => First(node => node.Left)?.At;

    /// <summary>The first member that took a step.</summary>
    public (int Node, SimTime At)? First(Func<NodeFacts, SimTime?> step)
    {
        IReadOnlyList<(int Node, SimTime At)> steps = InOrder(step);
        return steps.Count == 0 ? null : steps[0];
    }

    /// <summary>When the members that took a step reached a weight; null if they never did.</summary>
    public SimTime? Reached(Func<NodeFacts, SimTime?> step, ulong weight)
    {
        ulong sum = 0;
        foreach ((int node, SimTime at) in InOrder(step))
        {
            sum += Cast.WeightOf(node, View);
            if (sum >= weight) return at;
        }

        return null;
    }

    /// <summary>The members that took a step, by time.</summary>
    public IReadOnlyList<(int Node, SimTime At)> InOrder(Func<NodeFacts, SimTime?> step)
    {
        var steps = new List<(int Node, SimTime At)>();
        foreach (int node in Members)
        {
            if (step(nodes[node]) is { } at) steps.Add((node, at));
        }

        steps.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Node.CompareTo(b.Node));
        return steps;
    }
}
