using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>S8: between two starts, a node assembles at most one QC, one partial TC and one TC per view.</summary>
/// <remarks>A restart forgets the votes and timeout objects, so the same certificate may come about again.</remarks>
public sealed class OncePerView : Oracle
{
    private const int FewEnoughToKeep = 64;

    private readonly HashSet<View>[][] assembled = new HashSet<View>[3][];
    private View finalized;

    public OncePerView(Cast cast)
        : base("S8", cast)
    {
        for (int kind = 0; kind < assembled.Length; kind++)
        {
            assembled[kind] = new HashSet<View>[cast.Nodes];
            for (int node = 0; node < cast.Nodes; node++) assembled[kind][node] = [];
        }
    }

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.QcAssembled), typeof(Notice.PartialTcAssembled), typeof(Notice.TcAssembled),
        typeof(Notice.Started), typeof(Notice.Finalized),
    ];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.QcAssembled { Qc: var qc }:
                Once(entry, 0, qc.View, "a QC");
                break;
            case Notice.PartialTcAssembled partial:
                Once(entry, 1, partial.View, "a partial TC");
                break;
            case Notice.TcAssembled { Tc: var tc }:
                Once(entry, 2, tc.View, "a TC");
                break;
            case Notice.Started:
                foreach (HashSet<View>[] kind in assembled) kind[entry.Node.Index].Clear();
                break;
            case Notice.Finalized { Block: var block }:
                finalized = View.Max(finalized, block.View);
                break;
        }
    }

    private void Once(in TraceEvent entry, int kind, View view, string what)
    {
        HashSet<View> views = assembled[kind][entry.Node.Index];
        if (!views.Add(view))
            throw Broken(entry, view, $"assembles {what}", "it assembled one for this view before");
        if (views.Count > FewEnoughToKeep) views.RemoveWhere(old => old < finalized);
    }
}
