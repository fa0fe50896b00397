using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Records;
using FlowSim.Scenarios.Running;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The verb <c>run</c> as its user meets it.</summary>
public sealed class RunCommandTests
{
    [Test]
    public void Results_are_complete()
    {
        using Tiny tiny = new();
        (int code, string output, string error) = tiny.Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error, Is.Empty);
            Assert.That(code, Is.EqualTo(ExitCode.Ok));
            Assert.That(tiny.Records(), Has.Count.EqualTo(4));
            Assert.That(tiny.DerivedFiles().Keys, Is.EqualTo(new[]
            {
                "controller-error.png", "controller-error.svg", "finality.png", "finality.svg", "runs.csv",
                "summary.md", "view-duration.png", "view-duration.svg", "views.csv",
            }));
            Assert.That(tiny.DerivedFiles().Values, Has.All.Not.Empty);
            Assert.That(File.ReadLines(Path.Combine(tiny.Derived, "runs.csv")).Count(), Is.EqualTo(5));
            Assert.That(output, Does.Contain("\n4 of 4 runs on record; "));
            Assert.That(output, Does.Contain("4 runs simulated, 0 taken from records; "));
            Assert.That(tiny.Leftovers(), Is.Empty);
        }

        string summary = File.ReadAllText(Path.Combine(tiny.Derived, "summary.md"));
        foreach (MetricDefinition metric in MetricCatalogue.All)
        {
            Assert.That(summary.Contains($"| {metric.Name} ", StringComparison.Ordinal),
                Is.EqualTo(!metric.IsOccasional), metric.Name);
            Assert.That(output.Contains($"| {metric.Name} ", StringComparison.Ordinal),
                Is.EqualTo(metric is { IsHeadline: true, IsOccasional: false }), metric.Name);
        }
    }

    /// <summary>Runs that nobody watched must not count as watched ones.</summary>
    [Test]
    public void A_run_without_oracles_is_not_taken_for_one_with_them()
    {
        using Tiny tiny = new();
        tiny.Run("--no-oracles");
        Assert.That(tiny.Run().Output, Does.Contain("4 runs simulated, 0 taken from records; "));
        Assert.That(tiny.Run("--no-oracles").Output, Does.Contain("0 runs simulated, 4 taken from records; "));
    }

    [Test]
    public void A_second_call_takes_records_and_derives_the_same_bytes()
    {
        using Tiny tiny = new();
        tiny.Run();
        (SortedDictionary<string, string> records, SortedDictionary<string, string> derived) =
            (tiny.Records(), tiny.DerivedFiles());
        Directory.Delete(tiny.Derived, recursive: true);
        (int code, string output, string error) = tiny.Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, error), Is.EqualTo((ExitCode.Ok, "")));
            Assert.That(output, Does.Contain("0 runs simulated, 4 taken from records; 0 messages"));
            Assert.That(tiny.Records(), Is.EqualTo(records));
            Assert.That(tiny.DerivedFiles(), Is.EqualTo(derived));
        }
    }

    [Test]
    public void Fresh_simulates_again_and_agrees()
    {
        using Tiny tiny = new();
        tiny.Run();
        SortedDictionary<string, string> records = tiny.Records();
        (int code, string output, string error) = tiny.Run("--fresh");
        Assert.That((code, error), Is.EqualTo((ExitCode.Ok, "")));
        Assert.That(output, Does.Contain("4 runs simulated, 0 taken from records"));
        Assert.That(tiny.Records(), Is.EqualTo(records));
    }

    [Test]
    public void Fresh_fails_when_the_record_says_something_else()
    {
        using Tiny tiny = new();
        tiny.Run();
        string path = Directory.EnumerateFiles(Path.Combine(tiny.Results, "records"), "*", SearchOption.AllDirectories)
            .First();
        RunRecord record = RecordText.Read(File.ReadAllBytes(path));
        File.WriteAllBytes(path, RecordText.Write(record with { Events = record.Events + 1 }));
        (int code, string output, string error) = tiny.Run("--fresh");
        RunKey key = record.Measurement.Key;
        Assert.That(code, Is.EqualTo(ExitCode.Inconsistent));
        Assert.That(error, Is.EqualTo(
            $"invariant violated: the same run gave two results: {path} differs from what was just simulated\n"
            + $"  replay: flowsim run {tiny.Scenario} --scenario tiny --set {key.Set} --seed {key.Seed} "
            + $"--out {tiny.Results} --fresh\n"
            + $"  as a timeline: flowsim replay {tiny.Scenario} --scenario tiny --set {key.Set} --seed {key.Seed} "
            + $"--out {tiny.Results}\n"));
        Assert.That(output, Does.Contain($"tiny {key.Set} seed {key.Seed}: FAILED\n"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_damaged_record_is_replaced_by_equal_bytes(bool isFresh)
    {
        using Tiny tiny = new();
        tiny.Run();
        SortedDictionary<string, string> records = tiny.Records();
        (string name, string hex) = records.First();
        string path = Path.Combine(tiny.Results, "records", name);
        byte[] bytes = Convert.FromHexString(hex);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        (int code, string output, string error) = tiny.Run(isFresh ? ["--fresh"] : []);
        Assert.That(code, Is.EqualTo(ExitCode.Ok));
        Assert.That(error, Is.EqualTo($"{path}: this record is damaged; it is kept as "
            + $"{Path.GetFileName(path)}.corrupt.1 and its run made again\n"));
        if (!isFresh) Assert.That(output, Does.Contain("1 runs simulated, 3 taken from records"));
        records.Add($"{name}.corrupt.1", Convert.ToHexString(bytes));
        Assert.That(tiny.Records(), Is.EqualTo(records));
    }

    [Test]
    public void The_number_of_workers_changes_no_byte()
    {
        using Tiny one = new();
        using Tiny two = new();
        one.Run("--workers", "1");
        two.Run("--workers", "2");
        Assert.That(two.Records(), Is.EqualTo(one.Records()));
        Assert.That(two.DerivedFiles(), Is.EqualTo(one.DerivedFiles()));
    }

    [TestCase("--seed 2", 2)]
    [TestCase("--set slow", 2)]
    [TestCase("--scenario tiny", 4)]
    [TestCase("--set base --seed 1", 1)]
    public void Options_select(string selection, int runs)
    {
        using Tiny tiny = new();
        (int code, string output, _) = tiny.Run(selection.Split(' '));
        Assert.That(code, Is.EqualTo(ExitCode.Ok));
        Assert.That(tiny.Records(), Has.Count.EqualTo(runs));
        Assert.That(output, Does.Contain($"\n{runs} of 4 runs on record; "));
    }

    [Test]
    public void A_missed_expectation_names_place_run_value_and_range()
    {
        using Tiny tiny = new(Tiny.Text.Replace("min: 0.5, max: 1.5", "min: 7", StringComparison.Ordinal));
        (int code, _, string error) = tiny.Run();
        Assert.That(code, Is.EqualTo(ExitCode.ExpectationMissed));
        string[] lines = error.Split('\n');
        Assert.That(lines, Has.Length.EqualTo(3));
        for (int seed = 1; seed <= 2; seed++)
        {
            Assert.That(lines[seed - 1], Does.Match($"^{tiny.Scenario}:16:40: expectation missed: mean-view-time of "
                + $@"set slow, seed {seed} is 0\.\d+; expected at least 7$"));
        }
    }

    [Test]
    public void What_could_not_be_measured_misses()
    {
        using Tiny tiny = new(Tiny.Text.Replace("epochs: 1", "views: 20", StringComparison.Ordinal)
            .Replace("mean-view-time", "epoch-end-error", StringComparison.Ordinal));
        (int code, _, string error) = tiny.Run("--seed", "1");
        Assert.That(code, Is.EqualTo(ExitCode.ExpectationMissed));
        Assert.That(error, Does.EndWith("epoch-end-error of set slow, seed 1 is not measured; expected 0.5 to 1.5\n"));
    }

    [Test]
    public void A_mistake_writes_nothing()
    {
        using Tiny tiny = new(Tiny.Text.Replace("views: 60", "veiws: 60", StringComparison.Ordinal));
        (int code, string output, string error) = tiny.Run();
        Assert.That((code, output), Is.EqualTo((ExitCode.BadInput, "")));
        Assert.That(error.Split('\n'), Has.Length.EqualTo(2));
        Assert.That(Directory.Exists(tiny.Results), Is.False);
    }

    [Test]
    public void A_file_cannot_be_the_results_folder()
    {
        using Tiny tiny = new();
        File.WriteAllText(tiny.Results, "mine");
        (int code, string output, string error) = tiny.Run();
        Assert.That((code, output), Is.EqualTo((ExitCode.BadInput, "")));
        Assert.That(error, Does.StartWith($"{tiny.Results}: results cannot be written there ("));
        Assert.That(error.Split('\n'), Has.Length.EqualTo(2));
        Assert.That(File.ReadAllText(tiny.Results), Is.EqualTo("mine"));
    }

    [Test]
    public void An_empty_results_folder_is_refused()
    {
        using Tiny tiny = new();
        using StringWriter error = new();
        Assert.That(CommandLine.Run(["run", tiny.Scenario, "--out", ""], TextWriter.Null, error),
            Is.EqualTo(ExitCode.BadInput));
        Assert.That(error.ToString(), Is.EqualTo("--out is empty; choose a folder\n"));
    }

    [Test]
    public void Records_that_cannot_be_written_end_the_run_in_one_line()
    {
        using Tiny tiny = new();
        Directory.CreateDirectory(tiny.Results);
        File.WriteAllText(Path.Combine(tiny.Results, "records"), "in the way");
        (int code, _, string error) = tiny.Run();
        Assert.That(code, Is.EqualTo(ExitCode.InputOutputFailure));
        Assert.That(error, Does.StartWith($"{tiny.Results}: results could not be written ("));
        Assert.That(error.Split('\n'), Has.Length.EqualTo(2));
        Assert.That(tiny.Leftovers(), Is.Empty);
    }

    [Test]
    public void An_interrupted_run_keeps_what_is_finished_and_goes_on_later()
    {
        using Tiny whole = new();
        whole.Run();
        using Tiny tiny = new();
        using CancellationTokenSource source = new();
        using CancelAfterFirstLine output = new(source);
        using StringWriter error = new();
        var which = new Selection(null, null, null);
        var options = new RunOptions(tiny.Scenario, which, tiny.Results, 1, IsFresh: false, IsWatched: true);
        int code = new RunCommand(options, output, error, null).Run(source.Token);
        Assert.That(code, Is.EqualTo(ExitCode.Interrupted));
        Assert.That(error.ToString(), Is.EqualTo(
            $"interrupted: 1 of 4 runs are on record in {tiny.Results}; run the same command again to go on\n"));
        Assert.That(tiny.Records(), Has.Count.EqualTo(1));
        Assert.That(tiny.DerivedFiles(), Is.Empty);
        Assert.That(tiny.Leftovers(), Is.Empty);
        Assert.That(tiny.Run().Output, Does.Contain("3 runs simulated, 1 taken from records"));
        Assert.That(tiny.Records(), Is.EqualTo(whole.Records()));
        Assert.That(tiny.DerivedFiles(), Is.EqualTo(whole.DerivedFiles()));
    }

    [Test]
    public void A_run_that_stalls_until_its_cap_is_told()
    {
        // Nobody checks a proposal within the cap, so that no view is ever left by a QC.
        using Tiny tiny = new(Tiny.Text
            .Replace("    epoch:", "    processing: { validate: 1h }\n    epoch:", StringComparison.Ordinal)
            .Replace("    expect:\n      - { metric: mean-view-time, set: slow, min: 0.5, max: 1.5 }", "",
                StringComparison.Ordinal));
        (int code, _, string error) = tiny.Run("--seed", "1", "--set", "base");
        Assert.That(code, Is.EqualTo(ExitCode.Ok));
        Assert.That(error, Does.Match(
            @"^cut short: tiny, set base, seed 1: its time cap of 252 s ended it in view \d+ of 69\n$"));
        Assert.That(File.ReadAllText(Path.Combine(tiny.Derived, "summary.md")), Does.Contain(error));
    }

    [Test]
    public void A_run_of_a_time_that_uses_up_its_views_is_told()
    {
        using Tiny tiny = new(Tiny.Text
            .Replace("epochs: 1", "time: 280s", StringComparison.Ordinal)
            .Replace("target-view-time: 800ms", "target-view-time: 5s", StringComparison.Ordinal)
            .Replace("warmup-views: 5", "warmup-views: 1", StringComparison.Ordinal)
            .Replace("hotstuff-min-timeout: 3s", "flags: --cruise-ctl-enabled=false", StringComparison.Ordinal));
        string error = tiny.Run("--seed", "1").Error;
        Assert.That(error, Does.Match(
            @"(?m)^cut short: tiny, set slow, seed 1: its views were used up after [\d.]+ s of 280 s$"));
    }

    [TestCase(300, "| mean-view-time ")]
    [TestCase(60, "mean-view-time [s]\n  base         0.")]
    public void A_terminal_gets_what_fits(int columns, string shown)
    {
        using Tiny tiny = new();
        using StringWriter output = new();
        int code = CommandLine.Run(["run", tiny.Scenario, "--out", tiny.Results], output, TextWriter.Null, columns);
        Assert.That(code, Is.EqualTo(ExitCode.Ok));
        Assert.That(output.ToString(), Does.Contain(shown));
        Assert.That(output.ToString(), Does.StartWith("\r\u001b[K0/4 runs\r\u001b[K1/4 runs"));
    }

    /// <summary>Asks for the end as soon as a run is reported.</summary>
    private sealed class CancelAfterFirstLine(CancellationTokenSource source) : StringWriter
    {
        public override void Write(string? value) => source.Cancel();
    }
}
