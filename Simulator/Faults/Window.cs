using FlowSim.Kernel;

namespace FlowSim.Faults;

/// <summary>A period of simulated time, closed at its start and open at its end.</summary>
/// <param name="From">First instant inside.</param>
/// <param name="Until">First instant after it; <see cref="SimTime.Never"/> for no end.</param>
public readonly record struct Window(SimTime From, SimTime Until)
{
    public bool Contains(SimTime at) => From <= at && at < Until;
}
