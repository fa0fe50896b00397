using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Pipeline;

/// <summary>The one timer of an engine, shared by its parts: it expires at the earliest of their deadlines or before.
/// </summary>
/// <remarks>A deadline that is gone is not taken back: the timer expires once for nothing.</remarks>
public sealed class EngineAlarm(TimerKind timer = TimerKind.Engine)
{
    private SimTime set = SimTime.Never;

    /// <summary>Makes the timer expire at a deadline at the latest; <see cref="SimTime.Never"/> asks for nothing.
    /// </summary>
    public void Within(SimTime deadline, Effects into)
    {
        if (deadline >= set) return;
        set = deadline;
        into.SetTimer(timer, deadline);
    }

    /// <summary>The timer has expired: all deadlines have to be named again.</summary>
    public void Fired() => set = SimTime.Never;
}
