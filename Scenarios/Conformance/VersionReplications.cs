using System.Text.Json;
using FlowSim.ProtocolState;

namespace FlowSim.Scenarios.Recorded;

/// <summary>From which version of the protocol state to which others it can be taken.</summary>
internal sealed class VersionReplications(VersionSupport support) : IFamily
{
    public string Name => "kvstore-replicate";

    public void Replay(JsonElement file, Comparison comparison) => comparison.EachCase(file, c =>
    {
        var from = new KeyValueSnapshot(c.Unsigned("from"), null, RecordedProtocol.EndlessEpoch, 200, 100);
        string result = "ok";
        ulong version = 0;
        try
        {
            version = from.Replicate(c.Unsigned("to"), support).Version;
        }
        catch (ProtocolStateException e)
        {
            result = RecordedProtocol.Spelled(e.Fault);
        }

        comparison.Same("result", c.Text("result"), result);
        comparison.Same("resultingVersion", c.Unsigned("resultingVersion"), version);
    });
}
