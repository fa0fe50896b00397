using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The program in a process of its own, as a shell starts it.</summary>
[Platform("Linux,MacOsX")]
public sealed class ProcessTests
{
    private static readonly string Program = typeof(CommandLine).Assembly.Location;

    /// <summary>A run that takes far longer than any test.</summary>
    private static readonly string Endless = Tiny.Text
        .Replace("epochs: 1", "epochs: 1000", StringComparison.Ordinal)
        .Replace("views: 60", "views: 10000", StringComparison.Ordinal)
        .Replace("- name: slow", "- name: slow\n        epoch: { views: 20000 }", StringComparison.Ordinal);

    /// <summary>Four runs that take longer than a process takes to start.</summary>
    private static readonly string Long = Tiny.Text.Replace("views: 60", "views: 4000", StringComparison.Ordinal);

    /// <summary>Far longer than any of these takes: a test that hangs says nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Test]
    public void Another_process_makes_the_same_bytes()
    {
        using Tiny here = new();
        using Tiny there = new();
        here.Run();
        (int code, string output, string error) = Start("", $"run s.yaml --out {there.Results}", there);
        Assert.That((code, error), Is.EqualTo((ExitCode.Ok, "")));
        Assert.That(output, Does.Contain("4 runs simulated"));
        Assert.That(there.Records(), Is.EqualTo(here.Records()));
        Assert.That(there.DerivedFiles(), Is.EqualTo(here.DerivedFiles()));
    }

    [TestCase("INT", 1)]
    [TestCase("TERM", 1)]
    [TestCase("INT", 2)]
    [TestCase("TERM", 2)]
    public void A_signal_ends_it_orderly(string signal, int workers)
    {
        using Tiny tiny = new(Endless);
        int[] others = [];
        string arguments = $"run s.yaml --out results --seed 1 --workers {workers}";
        (int code, _, string error) = Start("", arguments, tiny, process =>
        {
            AwaitResults(process, tiny.Results);
            if (workers > 1) others = [Family.AwaitChild(process)];
            Signal(process.Id, signal);
        });
        Assert.That(error, Is.EqualTo(
            "interrupted: 0 of 2 runs are on record in results; run the same command again to go on\n"));
        Assert.That(code, Is.EqualTo(ExitCode.Interrupted));
        Assert.That(others.Where(Family.IsAlive), Is.Empty);
        Assert.That(tiny.Records(), Is.Empty);
        Assert.That(tiny.Leftovers(), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void A_worker_that_is_killed_costs_its_run_only()
    {
        using Tiny tiny = new(Long);
        (int code, _, string error) = Start("", "run s.yaml --out results --workers 2", tiny,
            process => Signal(Family.AwaitChild(process), "KILL"));
        Assert.That(error, Does.Match(
            @"^worker lost: the process that made tiny, set \w+, seed \d ended by signal 9; is memory short\?\n$"));
        Assert.That(code, Is.EqualTo(ExitCode.InputOutputFailure));
        Assert.That(tiny.Records(), Has.Count.EqualTo(3));
        Assert.That(tiny.Leftovers(), Is.Empty);
        Assert.That(tiny.Run().Output, Does.Contain("1 runs simulated, 3 taken from records"));
    }

    [Test]
    [Platform("Linux")]
    public void No_worker_outlives_whoever_started_it()
    {
        using Tiny tiny = new(Endless);
        int worker = 0;
        Start("", "run s.yaml --out results --seed 1 --workers 2", tiny, process =>
        {
            worker = Family.AwaitChild(process);
            Signal(process.Id, "KILL");
        });
        while (Family.IsAlive(worker)) Thread.Sleep(20);
    }

    /// <remarks>A limit on the size of files fails a write as a full disk does.</remarks>
    [TestCase(1)]
    [TestCase(24)]
    public void A_disk_that_is_full_ends_it_in_one_line(int kibibytes)
    {
        using Tiny tiny = new();
        (int code, _, string error) = Start(
            $"export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f {kibibytes};",
            "run s.yaml --out results --workers 1", tiny);
        Assert.That(error, Does.Match(@"^results: results could not be written \(.+\); what is on record stays\n$"));
        Assert.That(code, Is.EqualTo(ExitCode.InputOutputFailure));
        Assert.That(tiny.Leftovers(), Is.Empty);
        Assert.That(tiny.Run().Code, Is.EqualTo(ExitCode.Ok), "the same call goes on when there is room");
    }

    [Test]
    public void Output_that_nobody_can_take_is_one_line()
    {
        using Tiny tiny = new();
        (int code, _, string error) = Start("exec 1</dev/null;", "plan s.yaml", tiny);
        Assert.That(code, Is.EqualTo(ExitCode.InputOutputFailure));
        Assert.That(error, Does.StartWith("flowsim: reading or writing failed: "));
        Assert.That(error.Count(letter => letter == '\n'), Is.EqualTo(1));
    }

    private static (int Code, string Output, string Error) Start(
        string before, string arguments, Tiny folder, Action<Process>? meanwhile = null)
    {
        string script = $"{before} exec '{Environment.ProcessPath}' exec '{Program}' {arguments}";
        ProcessStartInfo start = new("bash", ["-c", script])
        {
            WorkingDirectory = Path.GetDirectoryName(folder.Scenario),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        meanwhile?.Invoke(process);
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("the program goes on; a job in the background of a shell has signals ignored");
        }

        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Waits for the results folder, hence until the program listens.</summary>
    private static void AwaitResults(Process process, string results)
    {
        while (!Directory.Exists(results) && !process.HasExited) Thread.Sleep(20);
    }

    private static void Signal(int process, string signal)
    {
        using Process kill = Process.Start("bash", ["-c", $"kill -{signal} {process}"]);
        kill.WaitForExit();
    }
}
