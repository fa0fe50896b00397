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
    private int committed;

    /// <param name="config">Limits and gains.</param>
    /// <param name="view">The view at start.</param>
    /// <param name="epochs">Consecutive epochs; each is known one epoch ahead.</param>
    public Steering(CruiseControlConfig config, View view, IReadOnlyList<EpochTiming> epochs)
    {
        this.epochs = epochs;
        int current = 0;
        while (current + 1 < epochs.Count && view > epochs[current].FinalView) current++;
        committed = int.Min(current + 1, epochs.Count - 1);
        cruise = new CruiseControl(config, view, epochs[current], committed > current ? epochs[committed] : null);
    }

    /// <inheritdoc cref="CruiseControl.Observe"/>
    public ControllerObservation? Observe(Block block, SimTime at) => cruise.Observe(block.View, block.Id, at);

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
