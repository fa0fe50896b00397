using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>Hands each notice to the oracles that it concerns, so that watching stays cheap.</summary>
public sealed class Panel : IProbe
{
    private readonly Oracle[] oracles;
    private readonly Cast cast;
    private readonly Dictionary<Type, Oracle[]> ofHonest = [];
    private readonly Dictionary<Type, Oracle[]> ofHonestAgain = [];
    private readonly Dictionary<Type, Oracle[]> ofLiars = [];
    private Block? incorporated;
    private Block? finalized;
    private View highest;

    public Panel(Cast cast, IReadOnlyList<Oracle> oracles)
    {
        this.cast = cast;
        this.oracles = [.. oracles];
        foreach (Oracle oracle in oracles)
        {
            foreach (Type kind in oracle.Hears)
            {
                Add(ofHonest, kind, oracle);
                if (oracle.HearsRepeats) Add(ofHonestAgain, kind, oracle);
                if (oracle.HearsLiars) Add(ofLiars, kind, oracle);
            }
        }
    }

    public void On(in TraceEvent entry)
    {
        Dictionary<Type, Oracle[]> listeners = !cast.IsHonest(entry.Node) ? ofLiars
            : IsRepeat(entry.Notice) ? ofHonestAgain : ofHonest;
        if (!listeners.TryGetValue(entry.Notice.GetType(), out Oracle[]? concerned)) return;
        foreach (Oracle oracle in concerned) oracle.On(entry);
    }

    public void End(SimTime at)
    {
        foreach (Oracle oracle in oracles) oracle.End(at);
    }

    /// <summary>Whether another node was there before: at this block, or at this view or a higher one.</summary>
    private bool IsRepeat(Notice notice) => notice switch
    {
        Notice.Incorporated { Block: var block } => IsSame(ref incorporated, block),
        Notice.Finalized { Block: var block } => IsSame(ref finalized, block),
        Notice.EnteredView { View: var view } => !IsHigher(view),
        _ => false,
    };

    private bool IsHigher(View view)
    {
        if (view <= highest) return false;
        highest = view;
        return true;
    }

    private static bool IsSame(ref Block? last, Block block)
    {
        if (ReferenceEquals(last, block)) return true;
        last = block;
        return false;
    }

    private static void Add(Dictionary<Type, Oracle[]> listeners, Type kind, Oracle oracle) =>
        listeners[kind] = listeners.TryGetValue(kind, out Oracle[]? others) ? [.. others, oracle] : [oracle];
}
