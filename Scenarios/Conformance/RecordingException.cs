using System;

namespace FlowSim.Scenarios.Recorded;

/// <summary>A recording cannot be replayed: it is missing, malformed or says nothing.</summary>
internal sealed class RecordingException(string message) : Exception(message);
