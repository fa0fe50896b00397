using System;

namespace FlowSim.Scenarios.Running;

/// <summary>A piece of work failed, here or in a worker, and all that was to follow from it with it.</summary>
/// <param name="failure">What is to be told.</param>
public sealed class WorkFailedException(Failure failure) : Exception(failure.Line)
{
    public Failure Failure { get; } = failure;
}
