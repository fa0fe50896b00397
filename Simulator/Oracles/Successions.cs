using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>Committees that take over: calm asks whether the fit among their members are a quorum.</summary>
/// <remarks>It states nothing and listens first.</remarks>
public sealed class Successions(Cast cast, Calm calm) : Oracle("successions", cast)
{
    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.EnteredView)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        if (entry.Notice is Notice.EnteredView { View: var view } && Cast.CommitteeAt(view) is { } committee)
            calm.Succeed(committee, entry.At);
    }
}
