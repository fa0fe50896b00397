using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Benching;
using FlowSim.Scenarios.Records;
using FlowSim.Scenarios.Running;
using FlowSim.Scenarios.Validation;
using FlowSim.Scenarios.Workers;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Processes beside this one that simulate for it.</summary>
public sealed class WorkerTests
{
    private static readonly string Mentioning = Tiny.Text.Replace(
        "    epoch:", "    network: { rtt: mine.csv }\n    epoch:", StringComparison.Ordinal);

    [TestCase(true)]
    [TestCase(false)]
    public void A_worker_makes_the_same_record_from_files_that_are_gone(bool isWatched)
    {
        using Tiny tiny = new(Mentioning);
        File.WriteAllText(tiny.PathOf("mine.csv"), InputText("aws.csv"));
        var file = ScenarioFile.Load(tiny.Scenario);
        IReadOnlyList<PlannedRun> runs = Plan.Of(file, isWatched);
        File.Delete(tiny.Scenario);
        File.WriteAllText(tiny.PathOf("mine.csv"), "edited meanwhile");
        using MakerHere here = new(isWatched);
        using MakerBeside beside = new(file, isWatched);
        foreach (PlannedRun run in (PlannedRun[])[runs[3], runs[0]])
        {
            byte[] expected = here.Make(run, CancellationToken.None).Record!;
            Made made = beside.Make(run, CancellationToken.None);
            Assert.That(made.Failure, Is.Null);
            Assert.That(made.Record, Is.EqualTo(expected));
            Assert.That(RecordText.DeliveriesIn(expected), Is.EqualTo(RecordText.Read(expected).Deliveries));
            Assert.That(RecordText.IsWhole(expected[..^1]), Is.False);
        }

        Assert.That(beside.Cpu, Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void A_worker_of_another_build_refuses()
    {
        using Tiny tiny = new();
        var file = ScenarioFile.Load(tiny.Scenario);
        PlannedRun run = Plan.Of(file)[0];
        using MakerBeside beside = new(file, isWatched: true);
        Made made = beside.Make(run with { Identity = run.Identity.Unwatched() }, CancellationToken.None);
        Assert.That(made.Record, Is.Null);
        Assert.That(made.Failure, Is.EqualTo(Failure.Unknown));
    }

    [Test]
    [Platform("Linux")]
    public void A_worker_ends_with_its_input_in_the_middle_of_a_run()
    {
        using Tiny tiny = new(Tiny.Text.Replace("views: 60", "views: 10000000", StringComparison.Ordinal));
        var file = ScenarioFile.Load(tiny.Scenario);
        using var worker = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            Environment.ProcessPath!, ["exec", typeof(CommandLine).Assembly.Location, "worker", "runs"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        worker.StandardInput.Write(RunAnswers.Opening(file, true) + "\nnone\n");
        worker.StandardInput.Flush();
        Assert.That(worker.StandardOutput.ReadLine(), Does.Contain(" failure {"));
        TimeSpan before = worker.TotalProcessorTime;
        worker.StandardInput.Write(Plan.Of(file)[0].Identity.RunId + "\n");
        worker.StandardInput.Flush();
        while (worker.TotalProcessorTime - before < TimeSpan.FromMilliseconds(300)) Thread.Sleep(20);
        worker.StandardInput.Close();
        worker.WaitForExit();
        Assert.That(worker.ExitCode, Is.EqualTo(ExitCode.Ok));
        Assert.That(worker.StandardOutput.ReadToEnd(), Is.Empty);
    }

    [Test]
    public void Cancelling_ends_a_worker()
    {
        using Tiny tiny = new(Tiny.Text.Replace("views: 60", "views: 10000000", StringComparison.Ordinal));
        using CancellationTokenSource source = new();
        using Worker worker = new(WorkerVerb.Runs);
        var file = ScenarioFile.Load(tiny.Scenario);
        worker.Tell(RunAnswers.Opening(file, true));
        var asked = Task.Run(() => worker.Ask(Plan.Of(file)[0].Identity.RunId, source.Token));
        source.Cancel();
        Assert.That(() => asked.GetAwaiter().GetResult(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_worker_stays_on_the_core_it_is_kept_to()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            Assert.That(Cores.Usable, Is.Empty);
            return;
        }

        Assert.That(Cores.Usable, Is.Not.Empty);
        using Worker worker = new(WorkerVerb.Chores);
        int core = Cores.Usable[^1];
        worker.KeepTo(core);
        Pace pace = BenchAnswers.Ask(worker, new Chore(20, 0, 1), CancellationToken.None);
        Assert.That(pace.Units, Is.GreaterThan(20 * BenchPlan.MainnetNodes));
        using var process = Process.GetProcessById(worker.Id);
        Assert.That((ulong)process.ProcessorAffinity, Is.EqualTo(1UL << core));
    }

    [Test]
    public void What_a_worker_says_when_it_ends_is_kept()
    {
        using Worker worker = new("nonsense");
        WorkerLostException? lost = Assert.Throws<WorkerLostException>(() => worker.Ask("x", CancellationToken.None));
        Assert.That(lost!.Message, Is.EqualTo("ended with exit code 2"));
        Assert.That(lost.Said, Is.EqualTo("worker nonsense: no such trade; this verb is FlowSim's own\n"));
    }

    [Test]
    public void Half_an_answer_is_none()
    {
        string line = new Answer(TimeSpan.FromSeconds(1), "figure", "{\"Value\":1.25}").Line;
        Assert.That(Answer.Of(line)?.Line, Is.EqualTo(line));
        for (int length = 0; length < line.Length; length++) Assert.That(Answer.Of(line[..length]), Is.Null);
    }

    [Test]
    public void A_failure_comes_through_whole()
    {
        var failure = Failure.Of(new InvariantViolation("„S1“ at 3\nand more"));
        Assert.That(failure.Line, Is.EqualTo("invariant violated: „S1“ at 3 and more"));
        Assert.That(JsonSerializer.Deserialize<Failure>(JsonSerializer.Serialize(failure)), Is.EqualTo(failure));
    }

    [Test]
    public void All_hands_share_and_one_that_can_no_more_is_left_out()
    {
        ConcurrentBag<(int Hand, int Piece)> done = [];
        Crew.Share([0, 1, 2], 40, (hand, piece, _) =>
        {
            done.Add((hand, piece));
            Thread.Yield();
            return hand != 1;
        }, CancellationToken.None);
        Assert.That(done.Select(each => each.Piece).Order(), Is.EqualTo(Enumerable.Range(0, 40)));
        Assert.That(done.Count(each => each.Hand == 1), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void The_first_failure_stops_the_others_and_is_told()
    {
        int done = 0;
        Assert.That(() => Crew.Share([0, 1], 1000, (_, piece, stop) =>
        {
            stop.ThrowIfCancellationRequested();
            if (piece == 3) throw new InvalidOperationException("three");
            Interlocked.Increment(ref done);
            return true;
        }, CancellationToken.None), Throws.InvalidOperationException.With.Message.EqualTo("three"));
        Assert.That(done, Is.LessThan(1000));
    }

    [Test]
    public void A_worker_that_plays_a_family_goes_on_with_the_results_it_is_told()
    {
        Recording alone = new();
        FigureFamilies.All.Single(family => family.Id is "seven-nodes").Measure(
            new Workbench(alone, CancellationToken.None));
        using BlockingCollection<string> lines = [];
        using Open input = new(lines);
        using Inbox inbox = new(input);
        List<string> answers = [];
        foreach (string line in (string[])["seven-nodes", "19", JsonSerializer.Serialize(alone.Calls[0]), "0", "7"])
            lines.Add(line);
        Assert.That(() => FigureAnswers.Give(inbox, (word, json) =>
        {
            answers.Add($"{word} {json}");
            if (answers.Count == 3) lines.CompleteAdding();
        }), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(answers, Is.EqualTo(((object[])[alone.Calls[0][19], alone.Calls[1][0], alone.Calls[1][7]])
            .Select(value => $"figure {JsonSerializer.Serialize(new { Value = value })}")));
    }

    private static string InputText(string name) =>
        FlowSim.Scenarios.Reading.InputFile.BuiltIn("Data", name).Text;

    /// <summary>Does all itself and remembers.</summary>
    private sealed class Recording : IDivision
    {
        public List<object[]> Calls { get; } = [];

        public T[] Each<T>(int pieces, Func<int, T> work)
        {
            T[] done = [.. Enumerable.Range(0, pieces).Select(work)];
            Calls.Add([.. done.Cast<object>()]);
            return done;
        }
    }

    /// <summary>An input that stays open until it is completed.</summary>
    private sealed class Open(BlockingCollection<string> lines) : TextReader
    {
        public override string? ReadLine() => lines.TryTake(out string? line, Timeout.Infinite) ? line : null;
    }
}
