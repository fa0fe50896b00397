using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Liars;

/// <summary>Gives up on every view the moment it enters it, and repeats itself at short intervals.</summary>
/// <remarks>
/// It is an honest node whose view timer is wrong, so its timeout objects are well-formed and their ticks rise: no
/// receiver can reject them.
/// </remarks>
internal sealed class TimeoutSpammer(ICore honest, SimDuration interval) : Disguise(honest)
{
    protected override void Edit(SimTime now, in Input input, in Effect effect, Effects into)
    {
        if (effect.Kind != EffectKind.SetTimer) into.Add(effect);
        else into.SetTimer(input.Kind == InputKind.TimerFired ? now + interval : now);
    }
}
