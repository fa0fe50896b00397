using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>One value per view, forgotten some way below the front, so that memory stays bounded.</summary>
public sealed class ByView<T>
{
    /// <summary>Views below the front that are still remembered.</summary>
    private const ulong Remembered = 100;

    private readonly Dictionary<ulong, T> values = [];
    private ulong lowest;

    /// <summary>Keeps the first value of a view; false if it has one, which is given.</summary>
    public bool TryAdd(View view, T value, [MaybeNullWhen(true)] out T earlier)
    {
        if (view.Value >= lowest && values.TryGetValue(view.Value, out earlier)) return false;
        earlier = default;
        if (view.Value >= lowest) values.Add(view.Value, value);
        return true;
    }

    public bool TryGet(View view, [MaybeNullWhen(false)] out T value) => values.TryGetValue(view.Value, out value);

    /// <summary>The front, a view that is final or the newest built, has moved here.</summary>
    public void Prune(View front)
    {
        if (front.Value < Remembered) return;
        if (values.Count == 0) lowest = ulong.Max(lowest, front.Value - Remembered);
        for (; lowest < front.Value - Remembered; lowest++) values.Remove(lowest);
    }
}
