using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Pipeline;

namespace FlowSim.Executing;

/// <summary>What an execution node keeps of its work, and its answers to those who ask for it.</summary>
/// <remarks>flow-go engine/execution/provider, engine/execution/rpc. A request for what is not there has no answer,
/// except a script's and a question about contracts.</remarks>
internal sealed class ExecutionArchive(
    NodeId self, ExecutionPlan plan, CollectionShelf shelf, ExecutionSpec spec, ExecutionDisk disk)
{
    private readonly ContractHistory history = new(spec.ScriptHeights, disk.History);
    private readonly Dictionary<ResultId, PlannedBlock> byResult = [];
    private ulong sealedHeight = disk.LastSeal.Height.Value;

    /// <summary>Keeps an executed block.</summary>
    public void Add(PlannedBlock planned) => byResult.TryAdd(planned.Result!.Id, planned);

    /// <summary>Puts back what a dead process has written; its blocks are in the plan.</summary>
    public void Restore(ExecutionDisk disk)
    {
        foreach (Collection collection in disk.Collections) shelf.Restore(collection);
        foreach (ExecutionDisk.Entry entry in disk.Blocks)
        {
            if (entry.Result is null) continue;
            PlannedBlock planned = plan.Find(entry.Block.Id)!;
            shelf.Reserve(planned, []);
            Add(planned);
        }
    }

    /// <summary>What the node would leave behind.</summary>
    public ExecutionDisk Written(Seal lastSeal)
    {
        var entries = new List<ExecutionDisk.Entry>();
        var collections = new List<Collection>();
        var known = new HashSet<CollectionId>();
        foreach (PlannedBlock planned in plan.ToList())
        {
            entries.Add(new ExecutionDisk.Entry(planned.Block, planned.Result, planned.IsFinalized));
            foreach (Guarantee guarantee in planned.Guarantees)
            {
                if (shelf.Find(guarantee.CollectionId) is { } collection && known.Add(collection.Id))
                    collections.Add(collection);
            }
        }

        return new ExecutionDisk(entries, collections, lastSeal, history.Written());
    }

    /// <summary>Answers a request.</summary>
    public void Answer(NodeId from, Message message, Effects into)
    {
        switch (message)
        {
            case Message.Pipeline.ReceiptRequest request:
                foreach (BlockId block in request.Blocks)
                {
                    if (plan.Find(block)?.Result is { } result)
                        into.Send(from, new Message.Pipeline.Receipt(new ExecutionReceipt(self, result),
                            request.Nonce));
                }

                break;
            case Message.Pipeline.ChunkDataRequest request:
                if (byResult.TryGetValue(request.ResultId, out PlannedBlock? executed))
                    into.Send(from, new Message.Pipeline.ChunkDataResponse(request.ResultId, request.Chunk,
                        PackBytes(executed, request.Chunk), request.Nonce));
                break;
            case Message.Pipeline.ScriptRequest request:
                into.Send(from, new Message.Pipeline.ScriptResponse(request.BlockId,
                    plan.Find(request.BlockId)?.Result?.End, request.Nonce));
                break;
            case Message.Pipeline.ContractQuery query:
                into.Send(from, new Message.Pipeline.ContractAnswer(query.BlockId,
                    ContractsAfter(query.BlockId), query.Nonce));
                break;
        }
    }

    /// <summary>The sealed height rises, as of the last executed block; what lies too far below is let go of.</summary>
    public void Sealed(ulong height, CollectionFetcher fetcher)
    {
        sealedHeight = height;
        if (height <= spec.ServedHeights) return;
        while (plan.Prune(height - spec.ServedHeights) is { } past) Forget(past, fetcher);
        history.Prune(height);
    }

    /// <summary>Lets go of a block that is out of the plan.</summary>
    private void Forget(PlannedBlock past, CollectionFetcher fetcher)
    {
        if (past.Result is { } result) byResult.Remove(result.Id);
        history.Add(past);
        if (!past.IsLoaded) return;
        foreach (Guarantee guarantee in past.Guarantees)
        {
            if (shelf.Release(guarantee.CollectionId)) fetcher.Forget(guarantee.CollectionId);
        }
    }

    private ContractState? ContractsAfter(BlockId block)
    {
        if (plan.Find(block) is not { } planned) return history.Find(block);
        return planned.Block.Height.Value + spec.ScriptHeights < sealedHeight ? null : planned.Result?.Contracts;
    }

    private long PackBytes(PlannedBlock executed, int chunk) => spec.ProofBytes + (chunk < executed.Guarantees.Count
        ? shelf.Find(executed.Guarantees[chunk].CollectionId)?.Bytes ?? 0
        : 0);
}
