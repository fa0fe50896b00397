using System;
using System.IO;
using System.Linq;
using System.Threading;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Validation;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The page of validation, its verdicts and its mistakes.</summary>
public sealed class ValidateTests
{
    [Test]
    public void A_family_alone_gives_the_same_page_whatever_the_workers()
    {
        using Written files = new();
        string[] pages = [files.PathOf("one.md"), files.PathOf("two.md")];
        for (int i = 0; i < 2; i++)
        {
            int code = CommandLine.Run(["validate", "--only", "cruise-disturbance", "--out", pages[i], "--workers",
                $"{i + 1}"], TextWriter.Null, TextWriter.Null);
            Assert.That(code, Is.EqualTo(ExitCode.Ok), "a figure that differs is a finding, not a failure");
        }

        string page = File.ReadAllText(pages[0]);
        Assert.That(page, Does.Contain("| 030-peak-KI0.06 ").And.Contain("| agrees |").And.Contain("| differs |"));
        Assert.That(page, Does.Contain("- 030-undershoot-KI0.6: the figure was made with KI 0.06"));
        Assert.That(page, Is.EqualTo(File.ReadAllText(pages[1])));
    }

    [Test]
    public void Timeouts_round_by_round_agree_with_their_closed_form()
    {
        IFigureFamily family = FigureFamilies.All.Single(f => f.Id is "pacemaker");
        using DivisionHere alone = new(family.Id, 1, CancellationToken.None);
        FamilyResult result = family.Measure(new Workbench(alone, CancellationToken.None));
        Assert.That(result.Findings, Has.Count.EqualTo(15));
        Assert.That(result.Findings.Select(f => f.Verdict), Has.All.EqualTo(FigureVerdict.Agrees));
    }

    /// <summary>A node ends once the boundary is final, which takes two more blocks, and reaches the service in 8 s.
    /// </summary>
    [Test]
    public void The_pause_of_a_swap_at_once_is_a_restart_and_the_wait_for_finality()
    {
        RunSpec spec = Plan.Of(ScenarioFile.Load(
                Path.Combine(SchemaTests.Repository(), "Scenarios", "Validation", "hcu-pause.yaml")))
            .First(run => run.Scenario.Name is "service-at-once").Spec;
        var observer = new RunObserver(new RunKey("s", "a", 1), spec, 0);
        Measurement measured = observer.Measure(Simulation.Run(spec, [observer]));
        Assert.That(measured["execution-pause"], Is.InRange(8 + 0.7, 8 + 3.2), "one to four blocks");
    }

    // Runs 9, 10, 11: mean 10, sd 1, n 3, so half of the 95 % interval is 2.484 and of the 90 % interval 1.686.
    [TestCase(10.0, 1.7, FigureVerdict.Agrees)]
    [TestCase(10.0, 1.6, FigureVerdict.Undecided)]
    [TestCase(15.0, 2.6, FigureVerdict.Undecided)]
    [TestCase(15.0, 2.4, FigureVerdict.Differs)]
    [TestCase(5.0, 2.4, FigureVerdict.Differs)]
    public void Verdicts(double expected, double margin, FigureVerdict verdict) =>
        Assert.That(Finding.Of(new Figure("f", "w", "s", expected, margin), [9, 10, 11]).Verdict,
            Is.EqualTo(verdict));

    // Clopper and Pearson, then Wilson: 0.832 to 1, 0.584 to 0.919, 0.299 to 0.701.
    [TestCase(20, FigureVerdict.Agrees, "1.00 (0.83 to 1.00, n=20)")]
    [TestCase(16, FigureVerdict.Undecided, "0.80 (0.58 to 0.92, n=20)")]
    [TestCase(10, FigureVerdict.Differs, "0.50 (0.30 to 0.70, n=20)")]
    public void A_share_of_runs_has_an_interval_that_is_not_symmetric(int met, FigureVerdict verdict, string text)
    {
        Finding finding = Finding.OfShare(new Figure("f", "w", "s", 1, 0.2), met, 20);
        Assert.That(finding.Verdict, Is.EqualTo(verdict));
        Assert.That(finding.SimulatedText(), Is.EqualTo(text));
    }

    [Test]
    public void An_epoch_that_never_ended_is_late_and_enters_no_mean()
    {
        DeadlineRow holds = Row(10, 0.1, 0.2, -2.4, 0.1, 0.3, 2.5);
        DeadlineRow breaks = Row(25, 0.1, double.PositiveInfinity, 3, 40, double.PositiveInfinity, -2.6);
        Assert.That(breaks.OnTime, Is.EqualTo(1));
        Assert.That(breaks.ToText(), Does.StartWith("| 25 % (24) | off | 1 of 6 (")
            .And.Contain("| 21.50 (-2.60 to never) | 2 | 0.8000 "));
        Assert.That(DeadlineRow.Answer("off", [holds, breaks]),
            Is.EqualTo("off, every epoch is on time up to 10 % and most are not at 25 %"));
        Assert.That(DeadlineRow.Answer("off", [holds]),
            Is.EqualTo("off, every epoch is on time up to 10 %, the largest share tried"));
        Assert.That(DeadlineRow.Answer("off", [holds, Row(15, 0, 0, 3)]),
            Is.EqualTo("off, every epoch is on time up to 10 % and most still are at 15 %"));
    }

    private static DeadlineRow Row(int percent, params double[] errors) =>
        new(percent, "off", [.. errors.Select(error => new DeadlineRow.Cell(error, 0.8, 100))]);

    [Test]
    public void One_run_decides_nothing_unless_nothing_is_drawn()
    {
        var figure = new Figure("f", "w", "s", 1, 0.1);
        Assert.That(Finding.Of(figure, [1]).Verdict, Is.EqualTo(FigureVerdict.Undecided));
        Assert.That(Finding.Exact(figure, 1.05).Verdict, Is.EqualTo(FigureVerdict.Agrees));
        Assert.That(Finding.Exact(figure, 1.2).Verdict, Is.EqualTo(FigureVerdict.Differs));
        Assert.That(Finding.Exact(figure, 1).AsFit().Verdict, Is.EqualTo(FigureVerdict.Fit));
    }

    [Test]
    public void A_falsified_expectation_differs_and_is_explained()
    {
        using Written files = new();
        string page = files.PathOf("page.md");
        int code = new ValidateCommand([new Falsified()], TextWriter.Null, TextWriter.Null)
            .Run(null, page, 1, CancellationToken.None);
        Assert.That(code, Is.EqualTo(ExitCode.Ok));
        Assert.That(File.ReadAllText(page), Does.Contain("1 figures: 0 agrees, 1 differs")
            .And.Contain("| wrong | a sum | nobody | 5.000 | 4.000 (n=1, no interval) | ± 0.1 | differs |")
            .And.Contain("- wrong: two and two are not five."));
    }

    [TestCase("validate --only nothing", "--only nothing is no family of figures; allowed: pacemaker, ")]
    [TestCase("validate --out ", "flowsim: Required argument missing for option: '--out'")]
    public void Mistakes(string line, string message)
    {
        using StringWriter error = new();
        int code = CommandLine.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), TextWriter.Null,
            error);
        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(error.ToString(), Does.StartWith(message));
    }

    private sealed class Falsified : IFigureFamily
    {
        public string Id => "falsified";

        public string Title => "Falsified";

        public string Setup => "None.";

        public FamilyResult Measure(Workbench bench) => new(
            [Finding.Exact(new Figure("wrong", "a sum", "nobody", 5, 0.1), 4, "two and two are not five")], []);
    }
}
