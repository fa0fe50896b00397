using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>How far one copy of a message has come.</summary>
public enum PassageStage : byte
{
    /// <summary>Handed to the network; it leaves and arrives later.</summary>
    Sent,

    /// <summary>Lost on the way for good.</summary>
    Lost,

    /// <summary>At its receiver, not yet checked.</summary>
    Arrived,

    /// <summary>Checked by its receiver, or its own: it reaches the protocol.</summary>
    Taken,

    /// <summary>Dropped because the receiving process is down, or died while it checked.</summary>
    Dropped,

    /// <summary>Sent when it was past at its receiver already: it goes no further.</summary>
    Spared,

    /// <summary>At its receiver and thrown away unread: what it says is past or known there.</summary>
    Ignored,
}

/// <summary>One copy of a message on one stage of its way.</summary>
/// <remarks>Only observers hear it; neither the run nor its digest depend on it.</remarks>
/// <param name="Stage">How far it has come.</param>
/// <param name="At">When: for a message sent or lost, when it leaves its sender, which may be later than now.</param>
/// <param name="From">The sender, an index into the population.</param>
/// <param name="To">The receiver.</param>
/// <param name="Message">What is sent.</param>
/// <param name="Arrival">For a message sent, when it will arrive; else as <paramref name="At"/>.</param>
public readonly record struct Passage(
    PassageStage Stage, SimTime At, int From, int To, Message Message, SimTime Arrival);

/// <summary>Hears of the passage of messages.</summary>
public delegate void PassageListener(in Passage passage);
