using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Records;
using FlowSim.Scenarios.Running;
using FlowSim.Tests.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>A run that breaks an oracle ends without a record, and what broke is kept.</summary>
public sealed class ViolationTests
{
    [Test]
    public void A_run_that_breaks_an_oracle_fails_with_its_line_and_the_digest_up_to_it()
    {
        using Tiny tiny = new();
        var store = new RecordStore(Path.Combine(tiny.Results, "records"), _ => { });
        Failure? broken = Only(Execute(tiny, store, isWatched: true)).Failure;
        Assert.That(broken?.Line, Does.StartWith("invariant violated: D2 at "));
        Assert.That(broken?.Digest, Has.Length.EqualTo(32));
        Assert.That(tiny.Records(), Is.Empty);
    }

    [Test]
    public void Without_oracles_nobody_minds()
    {
        using Tiny tiny = new();
        var store = new RecordStore(Path.Combine(tiny.Results, "records"), _ => { });
        Assert.That(Only(Execute(tiny, store, isWatched: false)).Failure, Is.Null);
        Assert.That(tiny.Run("--no-oracles").Code, Is.EqualTo(ExitCode.Ok));
    }

    [Test]
    public void A_violation_is_kept_beside_the_records_and_never_changed()
    {
        using Tiny tiny = new();
        var store = new RecordStore(tiny.Results, _ => { });
        var violation = new Violation(new RunIdentity("scenario hash", "params hash", "ab12"),
            new RunKey("scenario", "set", ulong.MaxValue), "invariant violated: S1 at ...", "0123", "flowsim run it");
        store.Publish(violation);
        store.Publish(violation with { Digest = "4567" });
        Assert.That(store.PathOf(violation), Is.EqualTo(Path.Combine(tiny.Results, "ab", "ab12.violation.json")));
        using JsonDocument kept = JsonDocument.Parse(File.ReadAllBytes(store.PathOf(violation)));
        Assert.That(kept.RootElement.GetProperty("violation").GetString(), Is.EqualTo(violation.Line));
        Assert.That(kept.RootElement.GetProperty("digest").GetString(), Is.EqualTo("0123"));
        Assert.That(kept.RootElement.GetProperty("seed").GetUInt64(), Is.EqualTo(ulong.MaxValue));
        Assert.That(kept.RootElement.GetProperty("replay").GetString(), Is.EqualTo("flowsim run it"));
        Assert.That(tiny.Leftovers(), Is.Empty);
    }

    /// <summary>The first planned run, with a gap between its epochs.</summary>
    private static List<FinishedRun> Execute(Tiny tiny, RecordStore store, bool isWatched)
    {
        var file = ScenarioFile.Load(tiny.Scenario);
        PlannedRun run = Plan.Of(file)[0];
        RunSpec spec = run.Spec;
        var gap = spec.Epochs[^1] with { FirstView = new View(spec.Epochs[^1].FirstView.Value + 1) };
        run = run with { Spec = spec with { Epochs = [.. spec.Epochs.SkipLast(1), gap], Stop = Short(spec) } };
        var finished = new List<FinishedRun>();
        new Execution(store, file, 1, isFresh: true, isWatched).Run([run], finished.Add, CancellationToken.None);
        return finished;
    }

    private static StopCondition Short(RunSpec spec) => spec.Stop with { View = new View(20) };

    private static FinishedRun Only(List<FinishedRun> runs)
    {
        Assert.That(runs, Has.Count.EqualTo(1));
        return runs[0];
    }
}
