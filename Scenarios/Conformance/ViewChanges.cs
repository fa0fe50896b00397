using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The pacemaker fed with certificates: which of them change the view, and what is
/// written.</summary>
internal sealed class ViewChanges : IFamily
{
    public string Name => "pacemaker-view";

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.EachCase(file, c => ReplayCase(c, comparison));

    private static void ReplayCase(JsonElement c, Comparison comparison)
    {
        QuorumCertificate newest = Qc(c.Unsigned("startNewestQc"));
        TimeoutCertificate? tc = c.UnsignedOrNull("startLastViewTc") is { } view
            ? TimeoutCertificate.Trusted(new View(view), newest)
            : null;
        var pacemaker = new Pacemaker(
            c.Get("config").PacemakerConfig(), new LivenessData(c.View("startView"), newest, tc));

        int number = 0;
        foreach (JsonElement step in c.Get("steps").EnumerateArray())
        {
            comparison.Step(++number);
            LivenessData before = pacemaker.Liveness;
            ViewChange? change = Feed(step, pacemaker);
            CompareChange(step, change, comparison);
            comparison.Same("curView", step.Unsigned("curView"), pacemaker.CurrentView.Value);
            comparison.Same("newestQc", step.Unsigned("newestQc"), pacemaker.NewestQc.View.Value);
            comparison.Same("lastViewTc", step.UnsignedOrNull("lastViewTc"),
                pacemaker.LastViewTc?.View.Value);
            comparison.Same("r", step.Unsigned("r"), pacemaker.Timeouts.Failures);
            comparison.Same("livenessWrites",
                step.Unsigned("livenessWrites"), ReferenceEquals(before, pacemaker.Liveness) ? 0UL : 1UL);
        }
    }

    private static ViewChange? Feed(JsonElement step, Pacemaker pacemaker) => step.Text("kind") switch
    {
        "QC" => pacemaker.ProcessQc(Qc(step.Unsigned("view"))),
        "TC" => pacemaker.ProcessTc(TimeoutCertificate.Trusted(step.View("view"), Qc(NewestQcView(step)))),
        "nilTC" => pacemaker.ProcessTc(null),
        var other => throw new RecordingException($"unknown kind {other}"),
    };

    /// <remarks>The recording leaves out a zero.</remarks>
    private static ulong NewestQcView(JsonElement step) =>
        step.TryGetProperty("newestQcView", out JsonElement view) ? view.GetUInt64() : 0;

    private static void CompareChange(JsonElement step, ViewChange? change, Comparison comparison)
    {
        comparison.Same("newViewEvent", step.UnsignedOrNull("newViewEvent"), change?.To.Value);
        comparison.Same("newViewTimeout_ns",
            step.UnsignedOrNull("newViewTimeout_ns"), (ulong?)change?.Timeout.Nanoseconds);
        List<string> events = [];
        foreach (JsonElement text in step.Get("events").EnumerateArray()) events.Add(text.GetString() ?? "");
        comparison.Same("events", string.Join(' ', events), Events(change));
    }

    private static string Events(ViewChange? change) => change is not { } c
        ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $"{(c.ByTc ? "tc" : "qc")}TriggeredViewChange:{c.From}->{c.To} viewChange:{c.From}->{c.To} "
            + $"startingTimeout:{c.To}");

    private static QuorumCertificate Qc(ulong view) =>
        QuorumCertificate.Trusted(new View(view), new BlockId(view));
}
