using System.Text.Json;

namespace FlowSim.Scenarios.Recorded;

/// <summary>A kind of recording: what was asked of flow-go, and how to ask the simulator's types the
/// same.</summary>
internal interface IFamily
{
    /// <summary>The name of its folder.</summary>
    string Name { get; }

    /// <summary>Replays every case of a file.</summary>
    void Replay(JsonElement file, Comparison comparison);
}
