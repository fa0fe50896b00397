using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.HotStuff;

/// <summary>The block-time controller of a replica, kept informed of the epochs as they follow each other.</summary>
/// <remarks>Its state does not survive a restart (consensus/participant.go): it starts anew.</remarks>
internal sealed class Steering
{
    private readonly KnownEpochs epochs;
    private readonly CruiseControl cruise;
    private readonly bool observesConstruction;

    /// <param name="config">Limits and gains.</param>
    /// <param name="view">The view at start.</param>
    /// <param name="epochs">What the node knows of epochs; the controller is told of one ahead.</param>
    public Steering(CruiseControlConfig config, View view, KnownEpochs epochs)
    {
        this.epochs = epochs;
        observesConstruction = config.OwnBlock == OwnBlockObservation.AtConstruction;
        int current = 0;
        while (current + 1 < epochs.All.Count && view > epochs.All[current].Timing.FinalView) current++;
        EpochTiming timing = epochs.All[current].Timing;
        cruise = new CruiseControl(config, view, timing, epochs.After(timing)?.Timing);
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

    /// <summary>Tells the controller what has become known: an extension, or the next epoch.</summary>
    public void FollowEpochs()
    {
        if (epochs.Of(cruise.CurrentEpoch.FirstView) is { Timing: var current }
            && current.FinalView > cruise.CurrentEpoch.FinalView) cruise.EpochExtended(current);
        if (cruise.NextEpoch is null && epochs.After(cruise.CurrentEpoch) is { Timing: var next })
            cruise.EpochCommitted(next);
    }
}
