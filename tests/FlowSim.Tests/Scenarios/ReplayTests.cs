using System;
using System.IO;
using System.Linq;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Records;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The verbs <c>replay</c> and <c>explain</c> as their user meets them.</summary>
public sealed class ReplayTests
{
    [Test]
    public void A_replay_has_every_view_in_order_and_the_same_bytes_each_time()
    {
        using Tiny tiny = new();
        (int code, string output, string error) = Run(tiny, "replay", "--seed 1 --set base");
        Assert.That((code, error), Is.EqualTo((ExitCode.Ok, "")));
        int[] entered =
        [
            .. output.Split('\n').Where(line => line.Contains("is the first: enters", StringComparison.Ordinal))
                .Select(line => int.Parse(line.Split("view ")[1].Split(' ')[0],
                    System.Globalization.CultureInfo.InvariantCulture)),
        ];
        Assert.That(entered, Is.EqualTo(Enumerable.Range(2, entered.Length)));
        Assert.That(entered, Has.Length.GreaterThan(50));
        Assert.That(Run(tiny, "replay", "--seed 1 --set base").Output, Is.EqualTo(output));
        Assert.That(output, Does.Not.Contain("\r"));
    }

    [Test]
    public void Views_and_a_node_can_be_chosen()
    {
        using Tiny tiny = new();
        string output = Run(tiny, "replay", "--seed 1 --set base --views 7..8 --node consensus-002").Output;
        string[] lines = output.Split('\n');
        Assert.That(lines[0], Does.StartWith("replay of tiny, set base, seed 1, as consensus-002 (").And.EndWith(
            ") lives it"));
        Assert.That(lines[1..^2], Is.Not.Empty.And.All.Matches<string>(line =>
            line!.Contains(" view 7 ", StringComparison.Ordinal)
            || line.Contains(" view 8 ", StringComparison.Ordinal)));
        Assert.That(lines[1..^2], Has.Some.Contains("takes the proposal from consensus-0"));
        Assert.That(lines[1..^2], Has.Some.Contains("steers: error "));
    }

    [Test]
    public void The_digest_is_held_against_the_record()
    {
        using Tiny tiny = new();
        Assert.That(Run(tiny, "replay", "--seed 1 --set base").Output,
            Does.Match(@"\ndigest [0-9a-f]{32}; \S+ has no record of this run by this build\n$"));
        tiny.Run("--seed", "1", "--set", "base");
        Assert.That(Run(tiny, "explain", "9 --seed 1 --set base").Output,
            Does.Match(@"\ndigest [0-9a-f]{32} as on record\n$"));
        string path = Directory.EnumerateFiles(Path.Combine(tiny.Results, "records"), "*", SearchOption.AllDirectories)
            .Single();
        RunRecord record = RecordText.Read(File.ReadAllBytes(path));
        File.WriteAllBytes(path, RecordText.Write(record with
        {
            Digest = new string('0', 32),
            Measurement = record.Measurement with { Digest = new string('0', 32) },
        }));
        (int code, _, string error) = Run(tiny, "replay", "--seed 1 --set base");
        Assert.That(code, Is.EqualTo(ExitCode.Inconsistent));
        Assert.That(error, Does.Match(@"^invariant violated: the same run gave two digests: [0-9a-f]{32}, but "));
    }

    [Test]
    public void An_explanation_names_the_run_the_leader_and_the_outcome()
    {
        using Tiny tiny = new();
        string[] lines = Run(tiny, "explain", "9 --seed 1 --set base").Output.Split('\n');
        Assert.That(lines[0], Is.EqualTo("tiny, set base, seed 1"));
        Assert.That(lines[1], Does.Match(@"^View 9 begins at \d+\.\d{6} s; times count from there\. It went well"));
        Assert.That(lines[2],
            Does.Match(@"^consensus-00\d \(\S+\) leads it; it enters at \+0\.000 s by QC\. It knows QC 8"));
    }

    [TestCase("replay", "", "this names 4 runs and one is needed; add --set (base, slow) and --seed (1, 2)")]
    [TestCase("replay", "--set base", "this names 2 runs and one is needed; add --seed (1, 2)")]
    [TestCase("explain", "9 --seed 1", "this names 2 runs and one is needed; add --set (base, slow)")]
    [TestCase("replay", "--set bse", "--set bse matches no run; allowed: base, slow (did you mean 'base'?)")]
    [TestCase("replay", "--set base --seed 1 --views 9..8", "--views: 9..8 ends before it begins; write it as 8..9")]
    [TestCase("replay", "--set base --seed 1 --views x", "--views: 'x' is not a view; "
        + "write a view or two as in 10..20")]
    [TestCase("replay", "--set base --seed 1 --node consensus-01", "--node consensus-01 is not a node of the run; "
        + "allowed: consensus-001, consensus-002, consensus-003, consensus-004, consensus-005 "
        + "(did you mean 'consensus-001'?)")]
    [TestCase("replay", "--set base --seed 1 --views 900", "view 900 is outside the run; it has the views 1 to 69")]
    [TestCase("explain", "0 --set base --seed 1", "view 0 is outside the run; it has the views 1 to 69")]
    [TestCase("explain", "900 --set base --seed 1", "view 900 is outside the run; it has the views 1 to 69")]
    [TestCase("explain", "x --set base --seed 1", "VIEW: 'x' is not a whole number")]
    public void A_wrong_question_is_one_line(string verb, string words, string message)
    {
        using Tiny tiny = new();
        (int code, _, string error) = Run(tiny, verb, words);
        Assert.That(error, Is.EqualTo(message + "\n").NoClip);
        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(Directory.Exists(tiny.Results), Is.False);
    }

    private static (int Code, string Output, string Error) Run(Tiny tiny, string verb, string words)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        string[] args = [verb, tiny.Scenario, .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        int code = CommandLine.Run([.. args, "--out", tiny.Results], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
