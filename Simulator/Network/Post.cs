using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>Decides anew when a message arrives, or that it never does; for adversarial schedules and tests.</summary>
/// <returns>The arrival; <see cref="SimTime.Never"/> loses the message.</returns>
public delegate SimTime DeliverySchedule(in Delivery delivery);

/// <summary>Whether a message can change nothing at a node any more, whenever it arrives.</summary>
internal delegate bool PastJudge(int node, Message message);

/// <summary>Carries messages: links, then weather, then whoever else meddles, then the receiver's agenda.</summary>
/// <remarks>
/// Most timeout objects find their receivers in a later view; many are sent when that is so already. Such a copy takes
/// its turn on the sender's uplink and is then spared the way: nothing that is seen of a run depends on it.
/// </remarks>
internal sealed class Post(
    Agenda agenda, Links links, OutboundQueues queues, Weather weather, Audiences audiences, PastJudge isPast,
    DeliverySchedule? schedule, PassageListener? listener = null)
{
    /// <summary>Copies that had nothing to say to their receivers when they were sent.</summary>
    public long Spared { get; private set; }

    /// <summary>Sends a message to every address of an identity; a node's own messages need no network.</summary>
    /// <returns>False if the sender's queue is full: the message is dropped.</returns>
    public bool TrySend(SimTime at, int from, NodeId to, Message message)
    {
        if (to == audiences.IdentityOf(from))
        {
            Hand(at, from, message);
            return true;
        }

        if (!queues.TryPush(from, message, at, links.FreeFrom(from, at))) return false;
        Links.Sending sending = links.Begin(from, message);
        foreach (int address in audiences.AddressesOf(to)) Dispatch(at, ref sending, from, address, message);
        return true;
    }

    /// <summary>Sends a message to an audience and, without the network, to the sender itself.</summary>
    /// <returns>False if the sender's queue is full: the message is dropped, and the sender too gets nothing.</returns>
    public bool TryBroadcast(SimTime at, int from, int[] audience, Message message)
    {
        if (!queues.TryPush(from, message, at, links.FreeFrom(from, at))) return false;
        Hand(at, from, message);
        Links.Sending sending = links.Begin(from, message);
        int next = audiences.FirstServed(from, audience, message);
        bool mayBePast = message is Message.Timeout && schedule is null;
        for (int i = 0; i < audience.Length; i++)
        {
            int to = audience[next];
            if (to != from)
            {
                if (mayBePast && isPast(to, message)) Spare(at, ref sending, from, to, message);
                else Dispatch(at, ref sending, from, to, message);
            }

            if (++next == audience.Length) next = 0;
        }

        return true;
    }

    /// <summary>Sends a message to an audience but not to the sender.</summary>
    public void Multicast(SimTime at, int from, int[] audience, Message message)
    {
        if (audience.Length == 0) return;
        Links.Sending sending = links.Begin(from, message);
        int next = audiences.FirstServed(from, audience, message);
        for (int i = 0; i < audience.Length; i++)
        {
            if (audience[next] != from) Dispatch(at, ref sending, from, audience[next], message);
            if (++next == audience.Length) next = 0;
        }
    }

    private void Spare(SimTime at, ref Links.Sending sending, int from, int to, Message message)
    {
        SimTime departure = sending.Depart(at);
        Spared++;
        listener?.Invoke(new Passage(PassageStage.Spared, departure, from, to, message, departure));
    }

    private void Hand(SimTime at, int node, Message message) =>
        agenda.Push(at, EventClass.Processed, node, node, message);

    private void Dispatch(SimTime at, ref Links.Sending sending, int from, int to, Message message)
    {
        SimTime arrival = sending.Arrival(at, to, out SimTime departure);
        if (weather.IsCalm && schedule is null)
        {
            agenda.Push(arrival, EventClass.Arrival, to, from, message);
            listener?.Invoke(new Passage(PassageStage.Sent, departure, from, to, message, arrival));
            return;
        }

        var delivery = new Delivery(departure, from, to, message, arrival);
        arrival = weather.Strike(delivery, out SimTime second);
        if (schedule is not null) arrival = schedule(delivery with { Arrival = arrival });
        if (arrival != SimTime.Never) agenda.Push(arrival, EventClass.Arrival, to, from, message);
        if (second != SimTime.Never) agenda.Push(second, EventClass.Arrival, to, from, message);
        if (listener is null) return;
        Tell(delivery with { Arrival = arrival });
        if (second != SimTime.Never) Tell(delivery with { Arrival = second });
    }

    private void Tell(in Delivery delivery)
    {
        bool isLost = delivery.Arrival == SimTime.Never;
        listener!(new Passage(isLost ? PassageStage.Lost : PassageStage.Sent, delivery.Departure, delivery.From,
            delivery.To, delivery.Message, isLost ? delivery.Departure : delivery.Arrival));
    }
}
