using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Liars;

/// <summary>The second process of one identity: honest in itself, and ignorant of the first.</summary>
/// <remarks>
/// Two processes never build the same payload at the same instant, so where both lead a view they propose different
/// blocks, even upon the same parent and certificate.
/// </remarks>
internal sealed class Twin(ICore honest, ulong salt) : Disguise(honest)
{
    protected override void Edit(SimTime now, in Input input, in Effect effect, Effects into) =>
        into.Add(effect switch
        {
            { Kind: EffectKind.Publish, Payload: Message.Proposal proposal } =>
                effect with { Payload = proposal with { Block = proposal.Block.Version(salt) } },
            { Payload: Notice.Built(var block, var target) } =>
                effect with { Payload = new Notice.Built(block.Version(salt), target) },
            _ => effect,
        });
}
