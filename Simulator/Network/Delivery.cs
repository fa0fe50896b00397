using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Network;

/// <summary>One copy of a message on its way.</summary>
/// <param name="Departure">When it leaves the sender.</param>
/// <param name="From">The sender, an index into the population.</param>
/// <param name="To">The receiver.</param>
/// <param name="Message">What is sent.</param>
/// <param name="Arrival">When it will arrive; <see cref="SimTime.Never"/> if it is lost.</param>
public readonly record struct Delivery(SimTime Departure, int From, int To, Message Message, SimTime Arrival);
