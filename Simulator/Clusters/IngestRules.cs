using FlowSim.Chain;

namespace FlowSim.Clusters;

/// <summary>Which transactions a collection node takes (engine/collection/ingest, access/validator).</summary>
/// <param name="spec">The limits.</param>
/// <param name="main">The main chain as the node knows it.</param>
public sealed class IngestRules(ClusterSpec spec, MainChain main)
{
    /// <summary>The reference block of a transaction that may be taken, whose epoch decides on the cluster; null if it
    /// may not.</summary>
    public Block? Admit(Transaction transaction)
    {
        if (transaction.Bytes > spec.MaxTransactionBytes || transaction.Gas > spec.MaxTransactionGas) return null;
        ulong oldest = transaction.ReferenceHeight.Value + spec.TransactionExpiry - spec.IngestExpiryBuffer;
        return oldest < main.Finalized.Height.Value
            ? null
            : main.Find(transaction.ReferenceId, transaction.ReferenceHeight);
    }
}
