using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Sync;

/// <summary>What a scan decided to ask for.</summary>
/// <param name="Ranges">Finalized blocks by height.</param>
/// <param name="Batches">Blocks by identity.</param>
public sealed record ScanResult(IReadOnlyList<HeightRange> Ranges, IReadOnlyList<BlockId[]> Batches);

/// <summary>Which blocks a node lacks, which it has asked for, and when it asks again.</summary>
/// <remarks>
/// flow-go module/chainsync/core.go, down to its peculiarities: a block that came is asked for again if it is not final
/// by the time a peer's height is heard. Where Go iterates a map in random order, identities go in order of request.
/// </remarks>
public sealed class ChainSync(SyncConfig config)
{
    private static readonly ScanResult Nothing = new([], []);

    private readonly SortedList<ulong, RequestStatus> byHeight = [];
    private readonly Dictionary<BlockId, RequestStatus> byId = [];
    private readonly List<BlockId> ids = [];
    private Height finalized;

    /// <summary>Heights and identities on record.</summary>
    public int Count => byHeight.Count + ids.Count;

    /// <summary>Whether two finalized heights are too close to act upon.</summary>
    public bool IsWithinTolerance(Height own, Height other)
    {
        ulong distance = own > other ? own.Value - other.Value : other.Value - own.Value;
        return distance <= (ulong)config.Tolerance;
    }

    /// <summary>A peer's finalized height: queues what is missing up to it, within the ceiling.</summary>
    public void HearOf(Height own, Height peer)
    {
        if (peer <= own || IsWithinTolerance(own, peer)) return;
        ulong last = ulong.Min(peer.Value, own.Value + (ulong)config.QueueCeiling);
        for (ulong height = own.Value + 1; height <= last; height++)
        {
            if (byHeight.TryGetValue(height, out RequestStatus? status)) Reset(status);
            if (height > finalized.Value) byHeight.TryAdd(height, new RequestStatus(new Height(height)));
        }
    }

    /// <summary>Queues a block by identity.</summary>
    public void Request(BlockId id, Height height)
    {
        if (byId.TryGetValue(id, out RequestStatus? status)) Reset(status);
        if (height > finalized) Track(id, new RequestStatus(height));
    }

    /// <summary>Takes note of a block that came; false if it was not wanted or came before.</summary>
    public bool Receive(Block block)
    {
        if (!byId.TryGetValue(block.Id, out RequestStatus? status)
            && !byHeight.TryGetValue(block.Height.Value, out status)) return false;
        if (status.Received is not null) return false;
        status.Received = block;
        byId.Remove(block.Id);
        Track(block.Id, status);
        byHeight[block.Height.Value] = status;
        return true;
    }

    /// <summary>Decides what to ask for now and counts the attempts; ranges go before batches.</summary>
    public ScanResult Scan(SimTime now, Height own)
    {
        Prune(own);
        if (Count == 0) return Nothing;
        List<HeightRange> ranges = HeightRange.Of(DueHeights(now), config.MaxSize);
        List<BlockId[]> batches = HeightRange.Batches(DueIds(now), config.MaxSize);
        Shorten(ranges, config.MaxRequests);
        Shorten(batches, config.MaxRequests - ranges.Count);
        foreach (HeightRange range in ranges)
        {
            for (ulong height = range.From.Value; height <= range.To.Value; height++) byHeight[height].Requested(now);
        }

        foreach (BlockId[] batch in batches)
        {
            foreach (BlockId id in batch) byId[id].Requested(now);
        }

        return new ScanResult(ranges, batches);
    }

    private static void Shorten<T>(List<T> list, int most)
    {
        if (list.Count > most) list.RemoveRange(most, list.Count - most);
    }

    private void Track(BlockId id, RequestStatus status)
    {
        if (byId.TryAdd(id, status) && !ids.Contains(id)) ids.Add(id);
    }

    /// <summary>Forgets a block that came, so that it can be asked for again.</summary>
    private void Reset(RequestStatus status)
    {
        if (status.Received is not { } block) return;
        byId.Remove(block.Id);
        ids.Remove(block.Id);
        byHeight.Remove(block.Height.Value);
    }

    private void Prune(Height own)
    {
        if (finalized >= own) return;
        finalized = own;
        while (byHeight.Count > 0 && byHeight.Keys[0] <= own.Value) byHeight.RemoveAt(0);
        ids.RemoveAll(id => byId[id].Height <= own && byId.Remove(id));
    }

    private List<Height> DueHeights(SimTime now)
    {
        List<Height> due = [];
        for (int i = 0; i < byHeight.Count; i++)
        {
            RequestStatus status = byHeight.Values[i];
            if (!IsOpen(status, now)) continue;
            if (status.Attempts < config.MaxAttempts) due.Add(status.Height);
            else byHeight.RemoveAt(i--);
        }

        return due;
    }

    private List<BlockId> DueIds(SimTime now)
    {
        ids.RemoveAll(id =>
            IsOpen(byId[id], now) && byId[id].Attempts >= config.MaxAttempts && byId.Remove(id));
        return ids.FindAll(id => IsOpen(byId[id], now));
    }

    private bool IsOpen(RequestStatus status, SimTime now) =>
        status.Received is null && status.IsDue(now, config.RetryInterval);
}
