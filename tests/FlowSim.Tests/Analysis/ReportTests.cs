using System.IO;
using System.Linq;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class ReportTests
{
    [Test]
    public void RunsHaveALineEachAndAColumnPerMetric()
    {
        var text = new StringWriter();
        RunsCsv.Write(text, [StudyTests.Run("a, b", ulong.MaxValue, 0.1) with { Digest = "00ff" }]);
        string[] lines = text.ToString().Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.ToString(), Does.Not.Contain("\r"));
            Assert.That(lines, Has.Length.EqualTo(3));
            Assert.That(lines[0], Does.StartWith("scenario,set,seed,digest,mean-view-time [s],view-time-"));
            Assert.That(lines[0].Split(','), Has.Length.EqualTo(4 + MetricCatalogue.All.Count));
            Assert.That(lines[1], Does.StartWith("scenario,\"a, b\",18446744073709551615,00ff,0.1,,"));
            Assert.That(lines[2], Is.Empty);
        }
    }

    [Test]
    public void ViewsHaveALineEachAndNothingForWhatWasNotSeen()
    {
        var run = new ObservedRun();
        run.EnterAll(1, 1);
        run.Publish(2, 1.25, 1, delay: 0.25);
        run.EnterAll(2.5, 3);
        run.FinalizeAll(4, 1);
        var text = new StringWriter();
        ViewsCsv.Write(text, [run.End(5)]);
        Assert.That(text.ToString(), Is.EqualTo(
            "scenario,set,seed,stride,view,leader,published [s],entered [s],duration [s],"
            + "controller-error [s],target-view-duration [s],publication-delay [s],finality [s],finalized\n"
            + "scenario,set,7,1,1,2,1.25,1,1.5,,,0.25,2.75,1\n"
            + "scenario,set,7,1,2,,,,,,,,,0\n"
            + "scenario,set,7,1,3,,,2.5,,,,,,0\n"));
    }

    [Test]
    public void EveryFigureOfTheTableCarriesItsIntervalAndN()
    {
        SummaryTable table = SummaryTable.Of(Study.Of(
        [
            StudyTests.Run("base", 1, 0.8), StudyTests.Run("base", 2, 0.8), StudyTests.Run("base", 3, null),
            StudyTests.Run("new|er", 1, 0.9), StudyTests.Run("new|er", 2, 0.9),
        ]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Header, Is.EqualTo(
                new[] { "metric", "unit", "base", "new|er", "new|er − base" }));
            Assert.That(table.Rows[0], Is.EqualTo(new[]
            {
                "mean-view-time", "s", "0.8000 (n=2, all alike) of 3 runs", "0.9000 (n=2, all alike)",
                "+0.1000 (n=2, all alike) not decided",
            }));
            // 1 − 0.025^(1/3): Clopper and Pearson's bound for none of three.
            Assert.That(table.Notes, Has.One.StartsWith("all alike")
                .And.One.Contains("none of 3 runs may still come in 70.8 %"));
            Assert.That(table.Rows[1], Is.EqualTo(new[] { "view-time-p50", "s", "-", "-", "-" }));
            Assert.That(table.Rows, Has.Count.EqualTo(MetricCatalogue.All.Count(metric => !metric.IsOccasional)));
        }
    }

    [Test]
    public void ATerminalIsSparedWhatMostWorldsCannotHave()
    {
        var recovery = new MetricValue(MetricCatalogue.RecoveryTime.Name, 30);
        Measurement without = StudyTests.Run("base", 1, 0.8);
        Measurement with = without with { Values = [.. without.Values, recovery] };
        Assert.That(Shown(without), Does.Contain("finality-p50").And.Not.Contain("recovery-time"));
        Assert.That(Shown(with), Does.Contain("recovery-time"));

        static string[] Shown(Measurement run) =>
            [.. SummaryTable.Of(Study.Of([run]), headlines: true).Rows.Select(row => row[0])];
    }

    [Test]
    public void TheTailOfEpochEndsIsTakenOverRunsWhateverTheirSign()
    {
        SummaryTable table = SummaryTable.Of(Study.Of(
        [
            .. ((double[])[-3, 1, -2, 5]).Select((error, i) => StudyTests.Run("base", (ulong)i, 0.8) with
            {
                Values = [new MetricValue("worst-epoch-end-error", error)],
            }),
        ]));
        Assert.That(table.Notes, Does.Contain(
            "|worst-epoch-end-error| over 4 runs of base: p50 2.000 (no bounds), p95 5.000 (3.000 or more) s"));
    }

    [Test]
    public void TheTextIsAnAlignedMarkdownTable()
    {
        var text = new StringWriter();
        SummaryTable table = new("title", ["a", "b|c"], [["long cell", "x"]], ["note"]);
        table.WriteText(text);
        Assert.That(text.ToString(), Is.EqualTo(
            "title\n\n| a         | b\\|c |\n|-----------|------|\n| long cell | x    |\n\n- note\n"));
    }
}
