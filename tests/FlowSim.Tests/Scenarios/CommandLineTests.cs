using System;
using System.IO;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>A wrong command line costs one line and exit code 2.</summary>
public sealed class CommandLineTests
{
    [TestCase("", "usage: flowsim run FILE | compare FILE | replay FILE | explain FILE VIEW | plan FILE | "
        + "conform DIR | bench | validate | schema | --version; "
        + "flowsim VERB --help explains a verb")]
    [TestCase("pln x",
        "flowsim: unknown verb 'pln'; allowed: run, compare, replay, explain, plan, conform, bench, validate, schema, "
        + "--version, --help (did you mean 'plan'?)")]
    [TestCase("plan", "flowsim: Required argument 'FILE' missing for command: 'plan'")]
    [TestCase("plan a --scenaro b",
        "flowsim: plan does not know '--scenaro'; allowed: --scenario, --set, --seed "
        + "(did you mean '--scenario'?)")]
    [TestCase("plan no.yaml", "there is no file 'no.yaml'")]
    [TestCase("schema x", "flowsim: schema takes nothing more than it has before 'x'")]
    [TestCase("run", "flowsim: Required argument 'FILE' missing for command: 'run'")]
    [TestCase("run GOOD --workers 0", "--workers: 0 is out of range; allowed: 1 to 1024")]
    [TestCase("run GOOD --workers x", "--workers: 'x' is not a whole number")]
    [TestCase("run GOOD --workers", "flowsim: Required argument missing for option: '--workers'")]
    [TestCase("run GOOD --freesh",
        "flowsim: run does not know '--freesh'; allowed: --scenario, --set, --seed, --out, --workers, --fresh, "
        + "--no-oracles (did you mean '--fresh'?)")]
    [TestCase("plan GOOD --seed x", "--seed: 'x' is not a whole number")]
    [TestCase("plan GOOD --seed 4", "--seed 4 matches no run; allowed: 1, 2, 3 (did you mean '1'?)")]
    [TestCase("plan GOOD --set oen", "--set oen matches no run; allowed: one, two (did you mean 'one'?)")]
    public void Usage_errors(string line, string message)
    {
        (int code, string output, string error) = Run(line);
        Assert.That(error, Is.EqualTo($"{message}\n").NoClip);
        Assert.That(output, Is.Empty);
        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
    }

    [Test]
    public void A_plan_shows_flags_to_paste_and_what_no_flag_can_set()
    {
        (int code, string output, string error) = Run("plan GOOD --seed 2");
        Assert.That(error, Is.Empty);
        Assert.That(code, Is.EqualTo(ExitCode.Ok));
        Assert.That(output, Is.EqualTo("""
            first: Why?
              mainnet-2024, 7 nodes (7 consensus); 2 runs
              not calibrated: the scenario has its own build
              one: tau0 0.8 s, epochs of 100 views
                seed 2, 99 views each
                --hotstuff-min-timeout=1045ms FLAGS6 --cruise-ctl-enabled=true REST
                constants changed: KI 0.06
              two: tau0 0.8 s, epochs of 100 views
                seed 2, 99 views each
                --hotstuff-min-timeout=2000ms FLAGS6 --cruise-ctl-enabled=false REST
            2 runs, about 2,376 messages if every view goes well

            """.Replace("FLAGS6", "--hotstuff-timeout-adjustment-factor=1.2 "
                + "--hotstuff-happy-path-max-round-failures=6", StringComparison.Ordinal)
            .Replace("REST", "--cruise-ctl-min-view-duration=125ms --cruise-ctl-max-view-duration=910ms "
                + "--cruise-ctl-fallback-proposal-duration=250ms", StringComparison.Ordinal)).NoClip);
    }

    [TestCase(null, "")]
    [TestCase("1", "System.InvalidOperationException: a\nb\n   at ")]
    public void A_mistake_of_FlowSim_is_one_line_unless_more_is_asked(string? trace, string more)
    {
        using Written files = new Written().With("s.yaml", Written.Good);
        using StringWriter error = new();
        Environment.SetEnvironmentVariable("FLOWSIM_TRACE", trace);
        int code = CommandLine.Run(["plan", files.PathOf("s.yaml")], new Broken(), error);
        Environment.SetEnvironmentVariable("FLOWSIM_TRACE", null);
        string line = "internal error: InvalidOperationException: a b; FLOWSIM_TRACE=1 shows where\n";
        Assert.That(error.ToString(), more.Length == 0 ? Is.EqualTo(line) : Does.StartWith(line + more));
        Assert.That(code, Is.EqualTo(ExitCode.Inconsistent));
    }

    [Test]
    public void Help_tells_how_to_get_a_stack_trace() =>
        Assert.That(Run("--help").Output, Does.Contain("FLOWSIM_TRACE=1"));

    [Test]
    public void Of_many_seeds_the_nearest_are_named()
    {
        using Written files = new Written().With("s.yaml", Written.Edited("seeds: 1..3", "seeds: 1..1000"));
        using StringWriter error = new();
        CommandLine.Run(["plan", files.PathOf("s.yaml"), "--seed", "1001"], TextWriter.Null, error);
        Assert.That(error.ToString(), Is.EqualTo("--seed 1001 matches no run; the 8 nearest of 1000 allowed "
            + "(flowsim plan lists all): 100, 101, 1000, 10, 11, 102, 103, 104 (did you mean '100'?)\n"));
    }

    [Test]
    public void The_version_names_the_build()
    {
        Assert.That(Run("--version").Output, Does.Match(@"^flowsim \d+\.\d+\.\d+ \(build [0-9a-f]{12}\)\n$"));
    }

    /// <summary>Output with a mistake in it.</summary>
    private sealed class Broken : StringWriter
    {
        public override void Write(string? value) => throw new InvalidOperationException("a\nb");
    }

    private static (int Code, string Output, string Error) Run(string line)
    {
        using Written files = new Written().With("s.yaml", Written.Good);
        string[] args = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is "GOOD") args[i] = files.PathOf("s.yaml");
        }

        using StringWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
