using System.Text.Json;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>An epoch's planned length and end after views were appended.</summary>
internal sealed class EpochExtensions : IFamily
{
    public string Name => "epoch-extension-timing";

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.EachCase(file, c =>
        {
            EpochTiming extended = c.Epoch().Extended(c.View("lastExtensionFinalView"));
            comparison.Same("extendedTargetDuration_s",
                c.Unsigned("extendedTargetDuration_s"), extended.TargetDurationSeconds);
            comparison.Same("extendedTargetEndTime_unix_s",
                c.Unsigned("extendedTargetEndTime_unix_s"), extended.TargetEndTimeSeconds);
        });
}
