using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Liars;

/// <summary>Sends what it should tell everyone to itself and to those it favours.</summary>
/// <param name="honest">What it pretends to be.</param>
/// <param name="all">Identities that hear its proposals, itself included.</param>
/// <param name="consensus">Those of them that hear its timeout objects.</param>
internal sealed class SelectiveSender(
    ICore honest, IReadOnlyList<NodeId> all, IReadOnlyList<NodeId> consensus) : Disguise(honest)
{
    protected override void Edit(SimTime now, in Input input, in Effect effect, Effects into)
    {
        switch (effect.Kind)
        {
            case EffectKind.BroadcastToAll:
                Send(all, (Message)effect.Payload!, into);
                break;
            case EffectKind.BroadcastToConsensus:
                Send(consensus, (Message)effect.Payload!, into);
                break;
            default:
                into.Add(effect);
                break;
        }
    }

    private static void Send(IReadOnlyList<NodeId> favoured, Message message, Effects into)
    {
        for (int i = 0; i < favoured.Count; i++) into.Send(favoured[i], message);
    }
}
