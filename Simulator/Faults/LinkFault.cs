using FlowSim.Kernel;

namespace FlowSim.Faults;

/// <summary>Bad weather between nodes for a while, as data.</summary>
/// <param name="During">A message is hit if it leaves its sender in this period.</param>
/// <param name="Senders">Whose messages are hit.</param>
/// <param name="Receivers">To whom.</param>
public abstract record LinkFault(Window During, NodeSet Senders, NodeSet Receivers)
{
    /// <summary>Whether a message is exposed to this fault.</summary>
    public bool Exposes(SimTime departure, int from, int to) =>
        During.Contains(departure) && Senders.Contains(from) && Receivers.Contains(to);

    /// <summary>Packets are lost, so that a message is sent again after the retransmission timeout.</summary>
    /// <remarks>Flow runs over TCP: loss is delay. Each attempt is lost with the same chance.</remarks>
    /// <param name="ChancePerMillion">Chance that one attempt is lost.</param>
    public sealed record Loss(Window During, NodeSet Senders, NodeSet Receivers, long ChancePerMillion)
        : LinkFault(During, Senders, Receivers);

    /// <summary>Nothing gets through: a partition is two of these. What is sent meanwhile is lost for good.</summary>
    /// <remarks>flow-go sends votes, proposals and timeout objects once and never repeats them by itself.</remarks>
    public sealed record Cut(Window During, NodeSet Senders, NodeSet Receivers)
        : LinkFault(During, Senders, Receivers);

    /// <summary>Messages take longer.</summary>
    /// <param name="FactorPerMillion">What the latency is multiplied with, in millionths; 1,000,000 leaves it.</param>
    /// <param name="Extra">What is added to it.</param>
    public sealed record Slow(
        Window During, NodeSet Senders, NodeSet Receivers, long FactorPerMillion, SimDuration Extra)
        : LinkFault(During, Senders, Receivers);

    /// <summary>A message may arrive twice, the second copy some time after the first.</summary>
    /// <param name="ChancePerMillion">Chance that it does.</param>
    /// <param name="After">How long after the first copy.</param>
    public sealed record Duplicate(
        Window During, NodeSet Senders, NodeSet Receivers, long ChancePerMillion, SimDuration After)
        : LinkFault(During, Senders, Receivers);
}
