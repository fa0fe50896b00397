using System.Collections.Generic;

namespace FlowSim.Analysis.Metrics;

/// <summary>The course of a run: every view, or every k-th of a long run.</summary>
/// <param name="Stride">k, a power of two: the views kept are the first one plus its multiples.</param>
/// <param name="Rows">The views kept, ascending.</param>
public sealed record ViewSeries(int Stride, IReadOnlyList<ViewRow> Rows);

/// <summary>Collects rows in ascending order of views and thins them out when there are too many.</summary>
public sealed class ViewSeriesBuilder(int capacity = ViewSeriesBuilder.DefaultCapacity)
{
    public const int DefaultCapacity = 20_000;

    private readonly List<ViewRow> rows = [];
    private int stride = 1;
    private long offered;

    /// <summary>Offers the next view.</summary>
    public void Add(in ViewRow row)
    {
        bool isKept = offered++ % stride == 0;
        if (!isKept) return;
        if (rows.Count == capacity)
        {
            Thin();
            if ((offered - 1) % stride != 0) return;
        }

        rows.Add(row);
    }

    /// <summary>What was kept.</summary>
    public ViewSeries Build() => new(stride, rows.ToArray());

    private void Thin()
    {
        int kept = 0;
        for (int i = 0; i < rows.Count; i += 2) rows[kept++] = rows[i];
        rows.RemoveRange(kept, rows.Count - kept);
        stride *= 2;
    }
}
