using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>The block-time controller of a replica, kept informed of the epochs as they follow each other.</summary>
/// <remarks>Its state does not survive a restart (consensus/participant.go): it starts anew.</remarks>
internal sealed class Steering
{
    private readonly IReadOnlyList<EpochTiming> epochs;
    private readonly CruiseControl cruise;
    private readonly bool observesConstruction;
    private int committed;

    /// <param name="config">Limits and gains.</param>
    /// <param name="view">The view at start.</param>
    /// <param name="epochs">Consecutive epochs; each is known one epoch ahead.</param>
    public Steering(CruiseControlConfig config, View view, IReadOnlyList<EpochTiming> epochs)
    {
        this.epochs = epochs;
        observesConstruction = config.OwnBlock == OwnBlockObservation.AtConstruction;
        int current = 0;
        while (current + 1 < epochs.Count && view > epochs[current].FinalView) current++;
        committed = int.Min(current + 1, epochs.Count - 1);
        cruise = new CruiseControl(config, view, epochs[current], committed > current ? epochs[committed] : null);
    }

    /// <summary>A block joined the tree; what the controller makes of it is reported.</summary>
    public void Observe(Block block, SimTime at, Effects into)
    {
        if (cruise.Observe(block.View, block.Id, at) is { } observation)
            into.Report(new Notice.ControllerUpdated(observation));
    }

    /// <summary>The node built a block of its own, which counts already if the controller is set so.</summary>
    public void ObserveBuilt(Block own, SimTime at, Effects into)
    {
        if (observesConstruction) Observe(own, at, into);
    }

    /// <inheritdoc cref="CruiseControl.TargetPublicationTime"/>
    public SimTime TargetPublicationTime(View view, SimTime viewEntered, Block parent) =>
        cruise.TargetPublicationTime(view, viewEntered, parent.Id);

    /// <summary>Tells the controller of the following epoch once the current one is under way.</summary>
    public void CommitNextEpoch()
    {
        if (cruise.NextEpoch is not null || committed + 1 >= epochs.Count) return;
        cruise.EpochCommitted(epochs[++committed]);
    }
}
