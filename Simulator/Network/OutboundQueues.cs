using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>A node's proposals, votes and timeout objects that wait for its uplink; the newest is dropped.</summary>
/// <remarks>
/// flow-go engine/consensus/message_hub/message_hub.go: queues of 3 proposals, 20 votes and 3 timeout objects. A
/// message waits until its first copy begins to leave. The hub's five workers hand over at once here, so that only the
/// uplink makes anything wait; answers to requests are not the hub's and are not bounded. What a liar sends to one
/// node after the other is still one message.
/// </remarks>
internal sealed class OutboundQueues(int nodes)
{
    private const int Kinds = 3;

    private static readonly int[] Capacities = [3, 20, 3];

    /// <summary>Made when a node's uplink is first busy.</summary>
    private readonly Line?[] lines = new Line?[nodes * Kinds];

    /// <summary>Takes a message in; false if its queue is full.</summary>
    /// <param name="node">The sender.</param>
    /// <param name="message">What it sends.</param>
    /// <param name="at">When it sends it.</param>
    /// <param name="begin">When the uplink is free for it.</param>
    public bool TryPush(int node, Message message, SimTime at, SimTime begin)
    {
        if (begin <= at || KindOf(message) is not { } kind) return true;
        Line line = lines[node * Kinds + kind] ??= new Line(Capacities[kind]);
        return line.TryPush(message, at, begin);
    }

    private static int? KindOf(Message message) => message switch
    {
        Message.Proposal => 0,
        Message.Vote => 1,
        Message.Timeout => 2,
        _ => null,
    };

    /// <summary>When each waiting message of one kind begins to leave.</summary>
    private sealed class Line(int capacity)
    {
        private readonly Queue<SimTime> waiting = new(capacity);
        private Message? last;
        private bool isLastTaken;

        public bool TryPush(Message message, SimTime at, SimTime begin)
        {
            if (ReferenceEquals(last, message)) return isLastTaken;
            while (waiting.TryPeek(out SimTime begun) && begun <= at) waiting.Dequeue();
            last = message;
            isLastTaken = waiting.Count < capacity;
            if (isLastTaken) waiting.Enqueue(begin);
            return isLastTaken;
        }
    }
}
