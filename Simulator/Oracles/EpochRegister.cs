using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>Tells the cast which epochs the chain has committed and extended. It judges nothing.</summary>
public sealed class EpochRegister(Cast cast) : Oracle("epochs", cast)
{
    private readonly EpochCommittees committees = new(cast.Nodes);

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.StateChanged)];

    public override void On(in TraceEvent entry)
    {
        if (entry.Notice is not Notice.StateChanged { Before: KeyValueSnapshot before, After: KeyValueSnapshot after })
            return;
        foreach (EpochChange change in EpochChanges.Between(before.Epochs, after.Epochs))
        {
            if (change == EpochChange.CommittedPhaseStarted) Cast.Commit(committees.Of(after.Epochs.Next!));
            else if (change == EpochChange.Extended) Cast.Extend(after.Epochs.Current.Timing);
        }
    }
}
