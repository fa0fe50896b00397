using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Validation;

/// <summary>An honest core but for some views, which it makes last as long as a script says.</summary>
/// <remarks>A view lasts from one block's publication to the next; the leader of the next one stretches it.</remarks>
/// <param name="honest">The core.</param>
/// <param name="script">Views and how long they last at least.</param>
internal sealed class StretchedViews(ICore honest, IReadOnlyDictionary<ulong, SimDuration> script) : ICore
{
    private readonly Effects meant = new();
    private View seen;
    private SimTime seenAt;

    public Disk? Disk => honest.Disk;

    public Worth WorthOf(Message message) => honest.WorthOf(message);

    public void Step(SimTime now, in Input input, Effects into)
    {
        honest.Step(now, input, meant);
        for (int i = 0; i < meant.Count; i++)
        {
            Effect effect = meant[i];
            if (effect.Payload is Notice.Incorporated(var block) && block.View > seen)
                (seen, seenAt) = (block.View, now);
            into.Add(effect.Kind == EffectKind.Publish && script.TryGetValue(seen.Value, out SimDuration length)
                ? effect with { At = SimTime.Max(effect.At, seenAt + length) }
                : effect);
        }

        meant.Clear();
    }
}
