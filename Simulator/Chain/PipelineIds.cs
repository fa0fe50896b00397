using System;

namespace FlowSim.Chain;

/// <summary>A transaction's identity: a 64-bit stand-in for flow-go's 32-byte hash.</summary>
public readonly record struct TransactionId(ulong Value) : IComparable<TransactionId>
{
    public int CompareTo(TransactionId other) => Value.CompareTo(other.Value);
}

/// <summary>A collection's identity: a 64-bit stand-in for the hash over its transactions.</summary>
public readonly record struct CollectionId(ulong Value);

/// <summary>An execution result's identity: a 64-bit stand-in for the hash of its content.</summary>
public readonly record struct ResultId(ulong Value);

/// <summary>A state commitment: a 64-bit stand-in for the root hash of the execution state.</summary>
public readonly record struct Commitment(ulong Value);

/// <summary>A collection cluster: clusters of all epochs are numbered through, epoch by epoch.</summary>
public readonly record struct ClusterId(int Index);
