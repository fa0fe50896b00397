using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim;

/// <summary>Puts the end of what takes a node time on the agenda.</summary>
internal sealed class Labour(Agenda agenda, Processing processing)
{
    /// <summary>When a message may leave that is signed now.</summary>
    /// <remarks>Votes and timeout objects wait for the safety data; a proposal's was written before.</remarks>
    public SimTime Persisted(SimTime now, int node, Message message) =>
        ((message as Message.OfCluster)?.Inner ?? message) is Message.Vote or Message.Timeout
            ? processing.Persisted(now, node, message)
            : now;

    /// <summary>Checks a proposal that came with others.</summary>
    public void Check(SimTime now, int node, int from, Message proposal) => agenda.Push(
        processing.CheckedWithOthers(now, node, from, proposal), EventClass.Processed, node, from, proposal);

    /// <summary>Publishes a proposal at its target, or once it is built.</summary>
    public void Publish(SimTime now, int node, Message.Proposal proposal, SimTime target)
    {
        SimTime ready = processing.Built(now, node, proposal);
        agenda.Push(SimTime.Max(target, ready), EventClass.Publication, node, node,
            new Publication(proposal, target, ready));
    }

    /// <summary>Does a job.</summary>
    /// <param name="now">True time.</param>
    /// <param name="node">Who does it.</param>
    /// <param name="job">What is done.</param>
    /// <param name="offset">How far the node's clock is ahead.</param>
    public void Begin(SimTime now, int node, Job job, SimDuration offset)
    {
        SimTime done = processing.Done(now, node, job);
        if (job is Job.PublishInCluster { Target: var target }) done = SimTime.Max(done, target - offset);
        agenda.Push(done, EventClass.JobDone, node, node, job);
    }
}
