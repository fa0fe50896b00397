using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Verifying;

/// <summary>The results that a verification node has found on its finalized chain, down to the sealed height.</summary>
internal sealed class ResultFiles
{
    private readonly Dictionary<ResultId, ResultFile> files = [];
    private readonly Dictionary<BlockId, List<ResultFile>> byBlock = [];
    private readonly PriorityQueue<ResultFile, ulong> byHeight = new();

    /// <param name="written">Files of a process that died.</param>
    /// <param name="lastSeal">The newest finalized seal.</param>
    public ResultFiles(IReadOnlyList<ResultFile> written, Seal lastSeal)
    {
        LastSeal = lastSeal;
        foreach (ResultFile file in written) Add(file.Copy());
    }

    /// <summary>The newest finalized seal.</summary>
    public Seal LastSeal { get; private set; }

    public ResultFile? Find(ResultId id) => files.GetValueOrDefault(id);

    /// <summary>Whether a result's block is sealed, so that nobody needs to verify it.</summary>
    public bool IsPast(ExecutionResult result) => result.Height <= LastSeal.Height;

    /// <summary>Notes a receipt of a finalized block.</summary>
    /// <returns>The file of its result when the block is the first to bring it.</returns>
    public ResultFile? Take(ExecutionReceipt receipt)
    {
        if (Find(receipt.Result.Id) is { } known)
        {
            known.AddExecutor(receipt.Executor);
            return null;
        }

        if (IsPast(receipt.Result)) return null;
        var file = new ResultFile(receipt.Result);
        file.AddExecutor(receipt.Executor);
        Add(file);
        return file;
    }

    /// <summary>Whether an executor signed another result of the same block.</summary>
    public bool Contradicts(NodeId executor, ExecutionResult result)
    {
        foreach (ResultFile file in byBlock[result.BlockId])
        {
            if (file.Result.Id != result.Id && Contains(file.Executors, executor)) return true;
        }

        return false;
    }

    /// <summary>A seal is final: forgets what lies below it. At its own height faults are remembered.</summary>
    public void Seal(Seal seal)
    {
        LastSeal = seal;
        while (byHeight.TryPeek(out ResultFile? lowest, out ulong height) && height < seal.Height.Value)
        {
            byHeight.Dequeue();
            files.Remove(lowest.Result.Id);
            byBlock.Remove(lowest.Result.BlockId);
        }
    }

    /// <summary>Whether the result before is known to be good.</summary>
    /// <param name="result">A result.</param>
    /// <param name="byApproval">Whether the node's own approval of one of its chunks makes it so.</param>
    public bool IsPreviousGood(ExecutionResult result, bool byApproval)
    {
        ResultFile? previous = Find(result.PreviousId);
        if (previous?.HasFault == true) return false;
        return result.PreviousId == LastSeal.Result.Id || (byApproval && previous?.Approvals.Count > 0);
    }

    /// <summary>Copies by ascending height and identity.</summary>
    public List<ResultFile> ToList()
    {
        var list = new List<ResultFile>();
        foreach (ResultFile file in files.Values) list.Add(file.Copy());
        list.Sort((a, b) => a.Result.Height != b.Result.Height
            ? a.Result.Height.CompareTo(b.Result.Height)
            : a.Result.Id.Value.CompareTo(b.Result.Id.Value));
        return list;
    }

    private static bool Contains(IReadOnlyList<NodeId> executors, NodeId executor)
    {
        foreach (NodeId one in executors)
        {
            if (one == executor) return true;
        }

        return false;
    }

    private void Add(ResultFile file)
    {
        files.Add(file.Result.Id, file);
        byHeight.Enqueue(file, file.Result.Height.Value);
        if (!byBlock.TryGetValue(file.Result.BlockId, out List<ResultFile>? rivals))
            byBlock.Add(file.Result.BlockId, rivals = []);
        rivals.Add(file);
    }
}
