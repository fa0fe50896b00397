using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Verifying;

/// <summary>A node's assigned chunks in order; so many are in work at once.</summary>
/// <remarks>flow-go engine/verification/assigner, fetcher/chunkconsumer. The queue is on disk.</remarks>
/// <param name="workers">Chunks in work at once.</param>
internal sealed class ChunkQueue(int workers)
{
    private readonly Queue<ChunkJob> waiting = new();
    private readonly List<ChunkJob> active = [];

    /// <summary>Chunks in work, oldest first.</summary>
    public IReadOnlyList<ChunkJob> Active => active;

    public bool IsEmpty => active.Count == 0 && waiting.Count == 0;

    public void Add(ExecutionResult result, int chunk) => waiting.Enqueue(new ChunkJob(result, chunk));

    /// <summary>Takes the next chunk into work; null when there is none, or no free worker.</summary>
    public ChunkJob? Next()
    {
        if (active.Count >= workers || !waiting.TryDequeue(out ChunkJob? next)) return null;
        active.Add(next);
        return next;
    }

    /// <summary>A chunk in work; null when it is not.</summary>
    public ChunkJob? Find(ResultId result, int chunk)
    {
        foreach (ChunkJob job in active)
        {
            if (job.Chunk == chunk && job.Result.Id == result) return job;
        }

        return null;
    }

    /// <summary>Done with a chunk for good.</summary>
    public void Remove(ChunkJob job) => active.Remove(job);

    /// <summary>The unfinished chunks, those in work first.</summary>
    public List<(ExecutionResult Result, int Chunk)> ToList()
    {
        var list = new List<(ExecutionResult, int)>();
        foreach (ChunkJob job in active) list.Add((job.Result, job.Chunk));
        foreach (ChunkJob job in waiting) list.Add((job.Result, job.Chunk));
        return list;
    }
}
