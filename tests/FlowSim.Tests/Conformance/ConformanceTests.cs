using System;
using System.IO;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Recorded;

/// <summary>The protocol types answer as flow-go did, and the replay notices when they do not.</summary>
public sealed class ConformanceTests
{
    [Test]
    public void Every_recorded_answer_is_reproduced()
    {
        using RecordedFiles files = new RecordedFiles().WithAll();

        (int code, string[] lines, string error) = Run(files.Folder);

        Assert.That(error, Is.Empty);
        Assert.That(lines, Is.EqualTo(new[]
        {
            "chunk-assignment  1 files  40 cases  0 mismatches",
            "cluster-assignment  2 files  80 cases  0 mismatches",
            "cruisectl-closed-loop  7 files  7 cases  0 mismatches",
            "cruisectl-errors  3 files  3 cases  0 mismatches",
            "cruisectl-filters  1 files  40 cases  0 mismatches",
            "cruisectl-open-loop  23 files  23 cases  0 mismatches",
            "epoch-extension-timing  1 files  80 cases  0 mismatches",
            "forks-random  91 files  91 cases  0 mismatches",
            "forks-unit  24 files  24 cases  0 mismatches",
            "kvstore-random  1 files  40 cases  0 mismatches",
            "kvstore-replicate  1 files  28 cases  0 mismatches",
            "kvstore-unit  12 files  12 cases  0 mismatches",
            "leader-selection  1 files  22 cases  0 mismatches",
            "pacemaker-timeout  1 files  27 cases  0 mismatches",
            "pacemaker-view  1 files  16 cases  0 mismatches",
            "prg  1 files  12 cases  0 mismatches",
            "quorum-thresholds  1 files  406 cases  0 mismatches",
            "safety-rules  3 files  1659 cases  0 mismatches",
            "semver  1 files  384 cases  0 mismatches",
            "stop-control-random  1 files  60 cases  0 mismatches",
            "stop-control-unit  17 files  17 cases  0 mismatches",
            "version-beacon-validate  1 files  49 cases  0 mismatches",
            "3120 cases, 0 mismatches",
        }));
        Assert.That(code, Is.Zero);
    }

    [Test]
    public void A_single_family_folder_is_replayed()
    {
        using RecordedFiles files = new RecordedFiles().With("committee");

        (int code, string[] lines, _) = Run(Path.Combine(files.Folder, "prg") + Path.DirectorySeparatorChar);

        Assert.That(code, Is.Zero);
        Assert.That(lines[^1], Is.EqualTo("12 cases, 0 mismatches"));
    }

    [TestCase("forks", "forks-unit", "TestDuplication_validated.json", "\"finalizedView\":3",
        "\"finalizedView\":2",
        "forks-unit/TestDuplication_validated.json: case TestDuplication step 7 field finalizedView: "
        + "expected 2, actual 3")]
    [TestCase("forks", "forks-unit", "TestGetBlock_validated.json", "\"finalized:3\"", "\"finalized:2\"",
        "case TestGetBlock step 4 field events:")]
    [TestCase("cruise-small", "cruisectl-errors", "err_transition_without_next_epoch.json",
        "\"e_inst\":-0.19999999999999996", "\"e_inst\":-0.19999999999999998",
        "case err_transition_without_next_epoch step 1 field e_inst: expected -0.19999999999999998, "
        + "actual -0.19999999999999996")]
    [TestCase("cruise-small", "cruisectl-errors", "err_transition_without_next_epoch.json",
        ",\"error\":true", "", "step 2 field error: expected False, actual True")]
    [TestCase("protocol-state", "kvstore-unit", "PSVersionUpgrade_skippingVersion.json",
        "invalidUpgradeVersion", "invalidActivationView", "field telemetry: expected ")]
    [TestCase("protocol-state", "kvstore-replicate", "replicate.json", "\"resultingVersion\":3",
        "\"resultingVersion\":4", "case #24 step 0 field resultingVersion: expected 4, actual 3")]
    [TestCase("upgrades", "semver", "ordering.json", "\"aLessThanB\":true", "\"aLessThanB\":false",
        "field aLessThanB: expected False, actual True")]
    [TestCase("upgrades", "version-beacon-validate", "cases.json", "\"valid\":false", "\"valid\":true",
        "case rnd59 step 0 field valid: expected True, actual False")]
    [TestCase("upgrades", "stop-control-unit", "X_manualCrash.json", "\"result\":\"crash\"", "\"result\":\"ok\"",
        "case X_manualCrash step 8 field result: expected ok, actual crash")]
    [TestCase("committee", "quorum-thresholds", "thresholds.json", "12297829382473034410",
        "12297829382473034411",
        "case #405 step 0 field weightThresholdToBuildQC: expected 12297829382473034411, "
        + "actual 12297829382473034410")]
    public void An_altered_answer_is_named(
        string archive, string family, string file, string from, string to, string expected)
    {
        using RecordedFiles files = new RecordedFiles().With(archive).Altered(family, file, from, to);

        (int code, string[] lines, _) = Run(Path.Combine(files.Folder, family));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(lines[0], Does.StartWith("mismatch: " + family).And.Contains(expected));
    }

    [Test]
    public void A_lost_bit_in_a_long_closed_loop_is_noticed()
    {
        using RecordedFiles files = new RecordedFiles().With("cruise-closed-loop")
            .Altered("cruisectl-closed-loop", "closed_06_noisy.json", "\"delay_ns\":[", "\"delay_ns\":[1");

        (int code, string[] lines, _) = Run(files.Folder);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(lines[0], Does.Contain("case closed_06_noisy step 2 field t_ns"));
        Assert.That(lines, Has.Length.EqualTo(20 + 1 + 1), "twenty differences, the family, the total");
    }

    [Test]
    public void Another_view_step_in_the_safety_rules_is_noticed()
    {
        using RecordedFiles files = new RecordedFiles().With("safety-rules");

        (int code, string[] lines, _) = Run(files.Folder,
            RecordedRules.FlowGo with { Safety = new SafetyConstants(2) });

        Assert.That(code, Is.EqualTo(1));
        Assert.That(lines[0], Does.StartWith("mismatch: safety-rules/"));
        Assert.That(lines[^1], Does.StartWith("1659 cases, ").And.Not.EndsWith(", 0 mismatches"));
    }

    [TestCase("kvstore-unit")]
    [TestCase("kvstore-random")]
    [TestCase("kvstore-replicate")]
    public void Software_that_cannot_make_version_2_is_noticed(string family)
    {
        using RecordedFiles files = new RecordedFiles().With("protocol-state");

        (int code, string[] lines, _) = Run(Path.Combine(files.Folder, family),
            RecordedRules.FlowGo with { Versions = new VersionSupport(0, 3, 1) });

        Assert.That(code, Is.EqualTo(1));
        Assert.That(lines[0], Does.StartWith("mismatch: " + family + "/").And.Contains("incompatibleVersionChange"));
    }

    [TestCase("semver", "x.json", "[]", "semver: no case was replayed")]
    [TestCase("semver", "x.json", "[{\"a\":\"1.0\",\"b\":\"1.0.0\"}]", "field a is no semantic version")]
    [TestCase("prg", "prg.json", "[]", "prg: no case was replayed")]
    [TestCase("prg", "prg.txt", "", "no recording in it")]
    [TestCase("weather", "x.json", "[]", "no such family")]
    [TestCase("prg", "prg.json", "[\n {]", "prg.json: malformed JSON at line 2 column 3")]
    [TestCase("prg", "prg.json", "{}", "prg/prg.json: not a list")]
    [TestCase("quorum-thresholds", "t.json", "[{\"totalWeight\":1.5}]", "case #0 step 0: ")]
    [TestCase("pacemaker-view", "p.json", "[{\"name\":\"a\"}]",
        "case a step 0: field startNewestQc is missing")]
    public void What_cannot_be_replayed_is_refused(string family, string file, string text, string expected)
    {
        using RecordedFiles files = new RecordedFiles().WithText(family, file, text);

        (int code, _, string error) = Run(files.Folder);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain(expected));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), "one line");
    }

    [Test]
    public void A_missing_or_empty_folder_is_refused()
    {
        using var files = new RecordedFiles();

        Assert.That(Run(files.Folder).Code, Is.EqualTo(2));
        Assert.That(Run(Path.Combine(files.Folder, "absent")).Code, Is.EqualTo(2));
    }

    private static (int Code, string[] Lines, string Error) Run(string folder,
        RecordedRules? rules = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = Conformance.Run(folder, output, error, rules);
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (code, lines, error.ToString());
    }
}
