using FlowSim.HotStuff;
using FlowSim.ProtocolState;

namespace FlowSim.Scenarios;

/// <summary>The constants of the replayed rules.</summary>
/// <param name="Safety">Of what a replica may sign.</param>
/// <param name="Versions">Of the protocol state's versions. Recorded without storage, so what can be made can be read.
/// </param>
public sealed record RecordedRules(SafetyConstants Safety, VersionSupport Versions)
{
    public static readonly RecordedRules FlowGo = new(SafetyConstants.FlowGo,
        VersionSupport.FlowGo with { NewestRead = VersionSupport.FlowGo.NewestMade });
}
