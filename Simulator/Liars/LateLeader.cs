using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Liars;

/// <summary>Publishes as late as it can without the others giving up while they wait for its proposal.</summary>
/// <remarks>
/// Until its proposal is there the others are in the view of the last block, which they entered when they saw that
/// block, or in one that they entered by a TC. The leader saw either at about the same time. They wait at least the
/// minimum timeout, which every node knows. What the proposal needs to get there is the margin's to cover.
/// </remarks>
/// <param name="honest">What it pretends to be.</param>
/// <param name="patience">How long the others wait at least, less the margin.</param>
internal sealed class LateLeader(ICore honest, SimDuration patience) : Disguise(honest)
{
    private View othersView = honest.Disk!.Liveness.CurrentView;
    private SimTime enteredAt;
    private bool isUp;

    protected override void Edit(SimTime now, in Input input, in Effect effect, Effects into)
    {
        if (!isUp) (isUp, enteredAt) = (true, now);
        if (effect.Payload is Notice.Incorporated(var block)) OthersEntered(block.View, now);
        if (effect.Payload is Notice.EnteredView { ByTc: true } entered) OthersEntered(entered.View, now);
        SimTime target = SimTime.Max(effect.At, enteredAt + patience);
        into.Add(effect switch
        {
            { Kind: EffectKind.Publish } => effect with { At = target },
            { Payload: Notice.Built(var own, var meant) } =>
                effect with { Payload = new Notice.Built(own, SimTime.Max(meant, target)) },
            _ => effect,
        });
    }

    private void OthersEntered(View view, SimTime at)
    {
        if (view > othersView) (othersView, enteredAt) = (view, at);
    }
}
