using System;
using System.Collections.Generic;
using System.Numerics;

namespace FlowSim.Kernel;

/// <summary>The default engine: a timing wheel of structs with a heap for the far future.</summary>
/// <remarks>
/// An event costs some 25 ns whatever the number pending, because a bucket of an eighth of a millisecond holds one or
/// two events when a few hundred nodes answer a broadcast. Within a bucket events are sorted by the total order, so
/// the width decides speed and never the result.
/// </remarks>
public sealed class TimingWheel : IEventQueue
{
    private const int Buckets = 16384;
    private const int WidthShift = 17;

    private readonly Bucket[] buckets = new Bucket[Buckets];
    private readonly Stack<Event[]> spare = [];
    private readonly ulong[] occupied = new ulong[Buckets / 64];
    private readonly PriorityQueue<Event, Event> far = new(new TotalOrder());

    private Event[] active = new Event[16];
    private int next;
    private int end;
    private long activeTick = -1;

    public void Push(in Event entry)
    {
        long tick = entry.At.Nanoseconds >> WidthShift;
        if (tick <= activeTick) InsertActive(entry);
        else if (tick - activeTick < Buckets) Append((int)(tick & (Buckets - 1)), entry);
        else far.Enqueue(entry, entry);
    }

    public bool TryPop(SimTime until, out Event entry)
    {
        while (next == end)
        {
            long tick = NextTick();
            if (tick == long.MaxValue || tick << WidthShift > until.Nanoseconds)
            {
                entry = default;
                return false;
            }

            Activate(tick);
        }

        entry = active[next];
        if (entry.At > until) return false;
        next++;
        return true;
    }

    private long NextTick()
    {
        long nearest = NearestBucketTick();
        return far.Count == 0 ? nearest : Math.Min(nearest, far.Peek().At.Nanoseconds >> WidthShift);
    }

    private long NearestBucketTick()
    {
        int first = (int)((activeTick + 1) & (Buckets - 1));
        ulong word = occupied[first >> 6] >> (first & 63);
        if (word != 0) return activeTick + 1 + BitOperations.TrailingZeroCount(word);
        for (int i = 1; i <= occupied.Length; i++)
        {
            int at = ((first >> 6) + i) & (occupied.Length - 1);
            if (occupied[at] == 0) continue;
            int bucket = (at << 6) + BitOperations.TrailingZeroCount(occupied[at]);
            return activeTick + 1 + ((bucket - first) & (Buckets - 1));
        }

        return long.MaxValue;
    }

    private void Activate(long tick)
    {
        // What stays behind here would keep messages, and the blocks in them, alive for a turn of the wheel.
        Array.Clear(active, 0, end);
        next = 0;
        end = 0;
        activeTick = tick;
        ref Bucket bucket = ref buckets[tick & (Buckets - 1)];
        if (bucket.Count > 0)
        {
            spare.Push(active);
            (active, end) = (bucket.Events, bucket.Count);
            bucket = default;
            occupied[(tick & (Buckets - 1)) >> 6] &= ~(1UL << (int)(tick & 63));
            SortActive();
        }

        while (far.Count > 0 && far.Peek().At.Nanoseconds >> WidthShift == tick) InsertActive(far.Dequeue());
    }

    private void SortActive()
    {
        if (end > 16)
        {
            active.AsSpan(0, end).Sort(new TotalOrder());
            return;
        }

        for (int i = 1; i < end; i++)
        {
            Event entry = active[i];
            int at = i;
            for (; at > 0 && Event.IsBefore(entry, active[at - 1]); at--) active[at] = active[at - 1];
            active[at] = entry;
        }
    }

    private void InsertActive(in Event entry)
    {
        if (end == active.Length)
        {
            // Moving the rest down pays only when it frees half of the array.
            if (next > active.Length / 2)
            {
                Array.Copy(active, next, active, 0, end - next);
                end -= next;
                next = 0;
            }
            else
            {
                Array.Resize(ref active, active.Length * 2);
            }
        }

        int at = PlaceOf(entry);
        if (at < end) Array.Copy(active, at, active, at + 1, end - at);
        active[at] = entry;
        end++;
    }

    /// <summary>Where an event belongs among those of the active tick still to come; most often last.</summary>
    private int PlaceOf(in Event entry)
    {
        int low = next;
        int high = end;
        if (high > low && Event.IsBefore(active[high - 1], entry)) return high;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Event.IsBefore(active[middle], entry)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void Append(int index, in Event entry)
    {
        ref Bucket bucket = ref buckets[index];
        if (bucket.Count == 0)
        {
            bucket.Events = spare.Count > 0 ? spare.Pop() : new Event[8];
            occupied[index >> 6] |= 1UL << (index & 63);
        }
        else if (bucket.Count == bucket.Events.Length)
        {
            Array.Resize(ref bucket.Events, bucket.Count * 2);
        }

        bucket.Events[bucket.Count++] = entry;
    }

    /// <summary>The events of one tick, unsorted. Emptied arrays are used again while the cache has them.</summary>
    private struct Bucket
    {
        public Event[] Events;
        public int Count;
    }

    private readonly struct TotalOrder : IComparer<Event>
    {
        public int Compare(Event a, Event b) => Event.IsBefore(a, b) ? -1 : Event.IsBefore(b, a) ? 1 : 0;
    }
}
