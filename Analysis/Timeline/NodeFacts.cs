using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>What one member did in one view, and what became of the messages it was sent or sent.</summary>
/// <remarks>Null is: it never happened.</remarks>
public sealed class NodeFacts
{
    private readonly List<(SimTime From, SimTime Until)> down = [(SimTime.Zero, SimTime.Never)];

    public SimTime? Entered { get; set; }

    public bool EnteredByTc { get; set; }

    /// <summary>When it entered a later view.</summary>
    public SimTime? Left { get; set; }

    public bool LeftByTc { get; set; }

    /// <summary>When the view's block joined its tree.</summary>
    public SimTime? Incorporated { get; set; }

    public SimTime? Voted { get; set; }

    public SimTime? GaveUp { get; set; }

    /// <summary>The newest QC it knew when it gave up.</summary>
    public View KnewWhenGivingUp { get; set; }

    /// <summary>When it had taken timeout objects of more than a third of the weight.</summary>
    public SimTime? PartialTc { get; set; }

    public SimTime? Tc { get; set; }

    public SimTime? Finalized { get; set; }

    /// <summary>The way of the view's proposal to it.</summary>
    public Way Proposal { get; } = new();

    /// <summary>The way of its vote to the next leader.</summary>
    public Way Vote { get; } = new();

    /// <summary>The process is up.</summary>
    public void Started(SimTime at)
    {
        if (down[^1].Until == SimTime.Never) down[^1] = (down[^1].From, at);
    }

    /// <summary>The process is down.</summary>
    public void Stopped(SimTime at) => down.Add((at, SimTime.Never));

    /// <summary>Its last absence that overlaps a period; null if there is none.</summary>
    public (SimTime From, SimTime Until)? DownDuring(SimTime from, SimTime until)
    {
        for (int i = down.Count - 1; i >= 0; i--)
        {
            if (down[i].From < until && from < down[i].Until) return down[i];
        }

        return null;
    }
}

/// <summary>The way of a message to one receiver.</summary>
public sealed class Way
{
    public SimTime? Sent { get; set; }

    /// <summary>When it arrives; null if it is lost or its receiver is down.</summary>
    public SimTime? Arrival { get; set; }

    public SimTime? Taken { get; set; }

    public bool IsLost { get; set; }

    /// <summary>Time on the way.</summary>
    public SimDuration? Latency => Arrival - Sent;
}
