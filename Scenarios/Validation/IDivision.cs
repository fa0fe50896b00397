using System;

namespace FlowSim.Scenarios.Validation;

/// <summary>Divides pieces of work among processes that all play the same family of figures.</summary>
/// <remarks>
/// A family's worlds and the figures it reads off them are code, so they cannot be sent. But every process of one build
/// comes to the same calls in the same order: one asks, those beside it answer, and all go on with all results.
/// </remarks>
public interface IDivision
{
    /// <summary>Does all pieces.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">Does one; what it returns must come through JSON unchanged.</param>
    T[] Each<T>(int pieces, Func<int, T> work);
}
