using System;
using System.Collections.Generic;

namespace FlowSim.Faults;

/// <summary>Some of a run's nodes, by index into the population.</summary>
public sealed class NodeSet : IEquatable<NodeSet>
{
    private readonly int[] members;
    private readonly bool[] contains;

    /// <param name="population">Nodes in the run.</param>
    /// <param name="members">Indexes, in any order, without repetition.</param>
    public NodeSet(int population, IEnumerable<int> members)
    {
        this.members = [.. members];
        Array.Sort(this.members);
        contains = new bool[population];
        foreach (int member in this.members) contains[member] = true;
    }

    /// <summary>The members in ascending order.</summary>
    public ReadOnlySpan<int> Members => members;

    public bool Contains(int node) => contains[node];

    public bool Equals(NodeSet? other) => other is not null && Members.SequenceEqual(other.Members);

    public override bool Equals(object? obj) => Equals(obj as NodeSet);

    public override int GetHashCode() => members.Length;
}
