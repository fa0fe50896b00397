using System;
using System.Collections.Generic;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>Hands each notice to the oracles that it concerns, so that watching stays cheap.</summary>
public sealed class Panel : IProbe
{
    private readonly Oracle[] oracles;
    private readonly Cast cast;
    private readonly Dictionary<Type, Oracle[]> ofHonest = [];
    private readonly Dictionary<Type, Oracle[]> ofLiars = [];

    public Panel(Cast cast, IReadOnlyList<Oracle> oracles)
    {
        this.cast = cast;
        this.oracles = [.. oracles];
        foreach (Oracle oracle in oracles)
        {
            foreach (Type kind in oracle.Hears)
            {
                Add(ofHonest, kind, oracle);
                if (oracle.HearsLiars) Add(ofLiars, kind, oracle);
            }
        }
    }

    public void On(in TraceEvent entry)
    {
        Dictionary<Type, Oracle[]> listeners = cast.IsHonest(entry.Node) ? ofHonest : ofLiars;
        if (!listeners.TryGetValue(entry.Notice.GetType(), out Oracle[]? concerned)) return;
        foreach (Oracle oracle in concerned) oracle.On(entry);
    }

    public void End(SimTime at)
    {
        foreach (Oracle oracle in oracles) oracle.End(at);
    }

    private static void Add(Dictionary<Type, Oracle[]> listeners, Type kind, Oracle oracle) =>
        listeners[kind] = listeners.TryGetValue(kind, out Oracle[]? others) ? [.. others, oracle] : [oracle];
}
