using System.Globalization;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Scenarios.Recorded;

/// <summary>How recordings spell what concerns the protocol state.</summary>
internal static class RecordedProtocol
{
    private static readonly View Never = new(ulong.MaxValue / 2);

    /// <summary>Epochs in which nothing ever falls due.</summary>
    public static readonly EpochState EndlessEpoch = new(null, EpochEntry.Of(new ServiceEvent.EpochSetup(
        0, new EpochViews(new View(0), Never, Never, Never, Never), [], [], [], 0, 0)), null, IsFallback: false);

    /// <summary>A fault, as the recording names it.</summary>
    public static string Spelled(ProtocolStateFault fault) => Lower(fault.ToString());

    /// <summary>What a machine said of an event: that it had come, and what became of it.</summary>
    public static string Spelled(EventOutcome outcome)
    {
        string verdict = outcome.Verdict == EventVerdict.Processed
            ? "processed"
            : "invalid";
        string error = outcome.Verdict == EventVerdict.Processed ? "" : " " + Lower(outcome.Verdict.ToString());
        string machine = Lower(outcome.Machine.ToString());
        return string.Create(CultureInfo.InvariantCulture,
            $"{machine} received {outcome.Event}, {machine} {verdict} {outcome.Event}{error}");
    }

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
