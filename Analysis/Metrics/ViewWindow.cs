namespace FlowSim.Analysis.Metrics;

/// <summary>Takes a view that has left the window.</summary>
public delegate void ViewRetired(in ViewSlot slot);

/// <summary>
/// The newest views of a run in a ring; views leave it in ascending order, each exactly once.
/// </summary>
/// <remarks>
/// What is said about a view that has left goes to a spare slot nobody reads. The ring outlasts the views a
/// chain can stay without finality before flow-go stops proposing (FinalizationSafetyThreshold, 1000).
/// </remarks>
public sealed class ViewWindow
{
    public const int DefaultCapacity = 8192;

    private readonly ViewSlot[] ring;
    private readonly ViewRetired retired;
    private ViewSlot spare;
    private ulong oldest;
    private ulong end;

    /// <summary>A window that starts at a view.</summary>
    public ViewWindow(ulong firstView, ViewRetired retired, int capacity = DefaultCapacity)
    {
        ring = new ViewSlot[capacity];
        this.retired = retired;
        oldest = firstView;
        end = firstView;
    }

    /// <summary>The slot of a view; a newer view than any before moves the window.</summary>
    public ref ViewSlot At(ulong view)
    {
        if (view < oldest)
        {
            spare = default;
            return ref spare;
        }

        while (end <= view) Extend();
        return ref ring[view % (ulong)ring.Length];
    }

    /// <summary>Retires every view left.</summary>
    public void Close()
    {
        while (oldest < end) RetireOldest();
    }

    private void Extend()
    {
        if (end - oldest == (ulong)ring.Length) RetireOldest();
        ring[end % (ulong)ring.Length] = new ViewSlot
        {
            View = end,
            ErrorMin = double.PositiveInfinity,
            ErrorMax = double.NegativeInfinity,
        };
        end++;
    }

    private void RetireOldest()
    {
        retired(in ring[oldest % (ulong)ring.Length]);
        oldest++;
    }
}
