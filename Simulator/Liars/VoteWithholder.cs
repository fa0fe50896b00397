using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Liars;

/// <summary>Never votes; it still proposes, and a proposer's signature counts as its vote.</summary>
/// <remarks>Its safety data say that it voted, so that its timeout objects are those of an honest node.</remarks>
internal sealed class VoteWithholder(ICore honest) : Disguise(honest)
{
    protected override void Edit(SimTime now, in Input input, in Effect effect, Effects into)
    {
        if (effect.Payload is not (Message.Vote or Notice.Voted)) into.Add(effect);
    }
}
