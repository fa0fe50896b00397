using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>A transaction as a client signs it.</summary>
/// <param name="Id">Identity; decides its cluster.</param>
/// <param name="ReferenceId">A block that the client knew: bounds the transaction's life.</param>
/// <param name="ReferenceHeight">That block's height.</param>
/// <param name="Bytes">Size on the wire.</param>
/// <param name="Gas">Computation limit.</param>
/// <param name="Call">What it asks of a system contract; most ask nothing.</param>
public sealed record Transaction(
    TransactionId Id, BlockId ReferenceId, Height ReferenceHeight, long Bytes, long Gas, ContractCall? Call = null);

/// <summary>Transactions that one cluster block binds together.</summary>
/// <param name="Id">Identity, a hash of the transactions.</param>
/// <param name="Transactions">In the order of execution.</param>
/// <param name="ReferenceId">The lowest reference block among them (module/builder/collection/builder.go).</param>
/// <param name="ReferenceHeight">Its height.</param>
public sealed record Collection(
    CollectionId Id, IReadOnlyList<Transaction> Transactions, BlockId ReferenceId, Height ReferenceHeight)
{
    /// <summary>A collection, its identity by its transactions.</summary>
    /// <param name="transactions">In the order of execution.</param>
    /// <param name="referenceId">The lowest reference block; for an empty collection, one the builder chose.</param>
    /// <param name="referenceHeight">Its height.</param>
    public static Collection Of(
        IReadOnlyList<Transaction> transactions, BlockId referenceId, Height referenceHeight)
    {
        ulong key = Mix64.Then(30, (ulong)transactions.Count);
        foreach (Transaction transaction in transactions) key = Mix64.Then(key, transaction.Id.Value);
        return new Collection(new CollectionId(key), transactions, referenceId, referenceHeight);
    }

    /// <summary>Size on the wire, bytes.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (Transaction transaction in Transactions) bytes += transaction.Bytes;
            return bytes;
        }
    }
}

/// <summary>A cluster's word that it finalized a collection and will serve it.</summary>
/// <remarks>flow-go does not verify it beyond the form of its signers (module/validation, engine/consensus/ingestion).
/// </remarks>
/// <param name="CollectionId">What is guaranteed.</param>
/// <param name="ReferenceId">The collection's reference block.</param>
/// <param name="ReferenceHeight">Its height.</param>
/// <param name="Cluster">Whose word it is.</param>
/// <param name="Guarantors">The cluster members that signed, who can be asked for the collection.</param>
public sealed record Guarantee(
    CollectionId CollectionId, BlockId ReferenceId, Height ReferenceHeight, ClusterId Cluster,
    IReadOnlyList<NodeId> Guarantors);
