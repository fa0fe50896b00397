using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.Kernel;

namespace FlowSim.Executing;

/// <summary>What executing a block comes to: a chunk per collection, then the system chunk.</summary>
/// <remarks>
/// flow-go engine/execution/computation/computer. A behaviour alters commitments, never what the system contracts say.
/// </remarks>
internal static class BlockExecution
{
    /// <summary>Executes a block.</summary>
    /// <param name="planned">The block.</param>
    /// <param name="previous">The node's own result of the parent block.</param>
    /// <param name="calls">What its transactions ask of the system contracts, in order.</param>
    /// <param name="behaviour">How the node executes.</param>
    /// <param name="chance">The draws of the run that decide on sensitivity.</param>
    public static ExecutionResult Of(
        PlannedBlock planned, ExecutionResult previous, IReadOnlyList<ContractCall> calls, Behaviour behaviour,
        Luck.Purpose chance)
    {
        var chunks = new Chunk[planned.Guarantees.Count + 1];
        Commitment state = previous.End;
        for (int i = 0; i < chunks.Length; i++)
        {
            CollectionId collection = i < planned.Guarantees.Count ? planned.Guarantees[i].CollectionId : default;
            ulong content = Chunk.ContentOf(planned.Block.Id, i, collection);
            Commitment end = behaviour.Execute(chance, state, content);
            chunks[i] = new Chunk(i, content, state, end);
            state = end;
        }

        if (previous.Contracts is not SystemContracts contracts)
            return ExecutionResult.Of(planned.Block, previous.Id, chunks);
        (SystemContracts next, IReadOnlyList<ServiceEvent> events) =
            contracts.Execute(planned.Block.View, planned.Block.Height, calls);
        return ExecutionResult.Of(planned.Block, previous.Id, chunks, events, next);
    }
}
