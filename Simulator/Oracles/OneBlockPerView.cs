using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>S2: at most one block of a view is ever certified, and an honest leader proposes once in a view.</summary>
/// <remarks>
/// The first part is owed while two quorums share an honest member. A leader is held to the second over restarts too;
/// what it publishes is what it built. Whether it leads the view is D1's to say. Certificates are seen where they are
/// assembled, built upon, or reported.
/// </remarks>
public sealed class OneBlockPerView(Cast cast) : Oracle("S2", cast)
{
    private readonly ByView<BlockId> certified = new();
    private readonly ByView<(NodeId Leader, BlockId Block)> built = new();
    private readonly ByView<(NodeId Leader, BlockId Block)> published = new();
    private QuorumCertificate? last;

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.Built), typeof(Notice.Published), typeof(Notice.Incorporated), typeof(Notice.QcAssembled),
        typeof(Notice.TimedOut), typeof(Notice.Finalized),
    ];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Incorporated { Block: var block }:
                Certified(entry, block.Qc);
                break;
            case Notice.Built { Block: var block }:
                if (!built.TryAdd(block.View, (entry.Node, block.Id), out var before) && before.Leader == entry.Node)
                    throw Broken(entry, block.View, $"proposes {block.Id.Value:x16}",
                        $"it proposed {before.Block.Value:x16} in this view before");
                break;
            case Notice.Published { Block: var block }:
                Published(entry, block);
                break;
            case Notice.QcAssembled { Qc: var qc }:
                Certified(entry, qc);
                break;
            case Notice.TimedOut { Timeout: var timeout }:
                Certified(entry, timeout.NewestQc);
                break;
            case Notice.Finalized { Block: var block }:
                certified.Prune(block.View);
                built.Prune(block.View);
                published.Prune(block.View);
                break;
        }
    }

    private void Published(in TraceEvent entry, Block block)
    {
        if (built.TryGet(block.View, out var own) && own.Leader == entry.Node && own.Block != block.Id)
            throw Broken(entry, block.View, $"publishes {block.Id.Value:x16}", $"it built {own.Block.Value:x16}");
        if (!published.TryAdd(block.View, (entry.Node, block.Id), out var before) && before.Leader == entry.Node)
            throw Broken(entry, block.View, "publishes a proposal", "it published one in this view before");
    }

    private void Certified(in TraceEvent entry, QuorumCertificate qc)
    {
        if (ReferenceEquals(qc, last) || !Cast.IsSafetyOwed(qc.View)) return;
        last = qc;
        if (!certified.TryAdd(qc.View, qc.BlockId, out BlockId other) && other != qc.BlockId)
            throw Broken(entry, qc.View, $"there is a QC for {qc.BlockId.Value:x16}",
                $"there is one for {other.Value:x16} too");
    }
}
