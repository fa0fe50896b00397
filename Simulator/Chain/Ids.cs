using System;

namespace FlowSim.Chain;

/// <summary>A node: its index in the run's population. Draws use the node's stable key instead.</summary>
public readonly record struct NodeId(int Index) : IComparable<NodeId>
{
    public int CompareTo(NodeId other) => Index.CompareTo(other.Index);
}

/// <summary>A consensus round with one leader.</summary>
public readonly record struct View(ulong Value) : IComparable<View>
{
    public View Next => new(checked(Value + 1));

    public int CompareTo(View other) => Value.CompareTo(other.Value);

    /// <summary>True when this view directly follows the other; never overflows.</summary>
    public bool Follows(View other) => Value > 0 && Value - 1 == other.Value;

    public static bool operator <(View a, View b) => a.Value < b.Value;
    public static bool operator >(View a, View b) => a.Value > b.Value;
    public static bool operator <=(View a, View b) => a.Value <= b.Value;
    public static bool operator >=(View a, View b) => a.Value >= b.Value;

    public static View Max(View a, View b) => a > b ? a : b;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A block's identity: a 64-bit stand-in for flow-go's 32-byte hash of the header.</summary>
public readonly record struct BlockId(ulong Value);

/// <summary>A block's distance from the root along its chain.</summary>
public readonly record struct Height(ulong Value) : IComparable<Height>
{
    public Height Next => new(checked(Value + 1));

    public int CompareTo(Height other) => Value.CompareTo(other.Value);

    public static bool operator <(Height a, Height b) => a.Value < b.Value;
    public static bool operator >(Height a, Height b) => a.Value > b.Value;
    public static bool operator <=(Height a, Height b) => a.Value <= b.Value;
    public static bool operator >=(Height a, Height b) => a.Value >= b.Value;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The five node roles of Flow (flow-go model/flow/role.go).</summary>
public enum Role : byte
{
    Collection = 1,
    Consensus = 2,
    Execution = 3,
    Verification = 4,
    Access = 5,
}
