using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Liars;

/// <summary>A core that stands between an honest core and the world and edits what passes.</summary>
/// <remarks>
/// What is on disk is the honest core's: a liar's process that starts again is disguised again by whoever boots it.
/// </remarks>
internal abstract class Disguise(ICore honest) : ICore
{
    private readonly Effects meant = new();

    public Disk? Disk => honest.Disk;

    public Worth WorthOf(Message message) => honest.WorthOf(message);

    public void Step(SimTime now, in Input input, Effects into)
    {
        honest.Step(now, input, meant);
        for (int i = 0; i < meant.Count; i++) Edit(now, input, meant[i], into);
        meant.Clear();
    }

    /// <summary>Lets an effect of the honest core pass, changes it, or drops it.</summary>
    /// <param name="now">The node's own clock.</param>
    /// <param name="input">What the honest core answered.</param>
    /// <param name="effect">One of its effects, in order.</param>
    /// <param name="into">Collects what the world is asked for.</param>
    protected abstract void Edit(SimTime now, in Input input, in Effect effect, Effects into);
}
