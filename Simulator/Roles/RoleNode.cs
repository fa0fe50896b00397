using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Roles;

/// <summary>A node of any role: the core of the main chain and, beside it, the engine of the role.</summary>
/// <remarks>
/// The core tells the engine of the chain from within its own step; what concerns the pipeline or a cluster goes to the
/// engine alone.
/// </remarks>
public sealed class RoleNode(ICore chain, IEngine engine) : ICore
{
    public Disk? Disk => chain.Disk is { } disk ? disk with { Engine = engine.Saved } : null;

    public Worth WorthOf(Message message) => message is Message.Pipeline or Message.OfCluster
        ? engine.WorthOf(message)
        : chain.WorthOf(message);

    public void Step(SimTime now, in Input input, Effects into)
    {
        switch (input.Kind)
        {
            case InputKind.Started:
                chain.Step(now, input, into);
                engine.Start(now, into);
                break;
            case InputKind.Received when input.Payload is Message.Pipeline or Message.OfCluster:
                engine.Receive(now, input.From, (Message)input.Payload, into);
                break;
            case InputKind.EngineTimerFired:
                engine.OnTimer(now, (TimerKind)input.Payload!, into);
                break;
            case InputKind.JobDone:
                engine.Done(now, (Job)input.Payload!, into);
                break;
            case InputKind.Called:
                engine.OnCall(now, (ClientCall)input.Payload!, into);
                break;
            default:
                chain.Step(now, input, into);
                break;
        }
    }
}
