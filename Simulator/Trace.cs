using System;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim;

/// <summary>Something that happened at a node.</summary>
public readonly record struct TraceEvent(SimTime At, NodeId Node, Notice Notice);

/// <summary>Watches a run and cannot answer: metrics, oracles, recorders.</summary>
public interface IProbe
{
    /// <summary>Hears of everything, in the order in which it happens.</summary>
    void On(in TraceEvent entry);

    /// <summary>Hears that the run is over, so that an endless stall is seen as one.</summary>
    void End(SimTime at)
    {
    }
}

/// <summary>A probe that also watches what the network does with each copy of a message.</summary>
public interface INetworkProbe : IProbe
{
    /// <summary>Hears of every stage of every copy; a lost one is told when it is sent.</summary>
    void On(in Passage passage);
}

/// <summary>The digest of all that happened before any node entered a view.</summary>
public readonly record struct Checkpoint(View View, string Digest);

/// <summary>FlowSim contradicts itself or a protocol invariant broke: the run's numbers mean nothing.</summary>
public sealed class InvariantViolation(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The digest of the run up to the violation; null if no run was under way.</summary>
    public string? Digest { get; internal set; }
}
