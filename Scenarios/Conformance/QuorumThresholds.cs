using System.Text.Json;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The weight a certificate needs, by the committee's weight.</summary>
internal sealed class QuorumThresholds : IFamily
{
    public string Name => "quorum-thresholds";

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.EachCase(file, c =>
        {
            ulong weight = c.Unsigned("totalWeight");
            comparison.Same("weightThresholdToBuildQC",
                c.Unsigned("weightThresholdToBuildQC"), Quorum.ToCertify(weight));
            comparison.Same("weightThresholdToTimeout",
                c.Unsigned("weightThresholdToTimeout"), Quorum.ToTimeout(weight));
        });
}
