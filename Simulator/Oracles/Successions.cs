using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>Committees that take over, and who joins or is ejected: calm asks whether the fit are a quorum.</summary>
/// <remarks>It states nothing and listens first.</remarks>
public sealed class Successions(Cast cast, Calm calm) : Oracle("successions", cast)
{
    private readonly HashSet<NodeId> ejected = [];
    private View highest;

    public override IReadOnlyList<Type> Hears { get; } = cast.Spec.Protocol is null
        ? [typeof(Notice.EnteredView)]
        :
        [
            typeof(Notice.EnteredView), typeof(Notice.StateChanged), typeof(Notice.Bootstrapped),
            typeof(Notice.Started),
        ];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.EnteredView { View: var view }:
                highest = View.Max(highest, view);
                if (Cast.CommitteeAt(view) is { } committee) calm.Succeed(committee, entry.At);
                break;
            case Notice.StateChanged { After: KeyValueSnapshot after }:
                foreach (NodeId node in after.Epochs.Current.Ejected) Expel(node);
                break;
            case Notice.Bootstrapped:
                calm.Join(entry.Node, entry.At);
                break;
        }

        if (Cast.Spec.Protocol is not null) calm.Reach(highest, entry.At);
    }

    private void Expel(NodeId node)
    {
        if (ejected.Add(node)) calm.Expel(node);
    }
}
