using System;

namespace FlowSim.Scenarios;

/// <summary>A user's mistake in an input file: one line that says where, what, and what is allowed.</summary>
public sealed class ScenarioException(string message) : Exception(message);
