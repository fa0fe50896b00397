using System.IO;
using System.Linq;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The verb <c>compare</c> as its user meets it.</summary>
public sealed class CompareCommandTests
{
    private const string Margins = Tiny.Text + "\n    margins: { finality-p50: 20ms, block-rate: 1%, lost-views: 2 }\n";

    [Test]
    public void It_runs_what_is_missing_and_judges()
    {
        using Tiny tiny = new(Margins);
        (int code, string output, string error) = tiny.Call("compare");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, error), Is.EqualTo((ExitCode.Ok, "")));
            Assert.That(output, Does.Contain("4 runs simulated, 0 taken from records"));
            Assert.That(output, Does.Contain("tiny: sets compared to base (2 seeds)"));
            Assert.That(output, Does.Match(@"\| lost-views .*\| identical +\| ±2 per 1000, lower is better +\|"));
            Assert.That(output, Does.Contain("±1 %, higher is better"));
            Assert.That(output, Does.Not.Contain("| view-time-p50 "));
            Assert.That(tiny.DerivedFiles().Keys,
                Is.EqualTo(new[] { "compare.csv", "compare.md", "compare.png", "compare.svg" }));
            Assert.That(File.ReadAllText(Path.Combine(tiny.Derived, "compare.md")),
                Does.Contain("| view-time-p50 ").And.Not.Contain("| tx-seal-p50 "), "nobody has transactions");
            Assert.That(tiny.Leftovers(), Is.Empty);
        }

        Assert.That(tiny.Run().Output, Does.Contain("0 runs simulated, 4 taken from records"), "same records as run");
    }

    [Test]
    public void The_reader_chooses_baseline_sets_and_metrics()
    {
        using Tiny tiny = new();
        string output = tiny.Call("compare", "--baseline", "slow", "--metrics", "view-time-p50").Output;
        string[] rows = [.. output.Split('\n').Where(line => line.StartsWith("| ", System.StringComparison.Ordinal))];
        Assert.That(rows, Has.Length.EqualTo(2));
        Assert.That(rows[0], Does.Match(@"^\| metric +\| unit \| slow \(baseline\) +\| base +\| base − slow "));
        Assert.That(rows[1], Does.StartWith("| view-time-p50 "));
        Assert.That(tiny.Call("compare", "--all-metrics").Output, Does.Contain("| view-time-p50 "));
        string asked = tiny.Call("compare", "--metrics", "tx-seal-p50").Output;
        Assert.That(asked, Does.Match(@"\| tx-seal-p50 .* not measured"));
    }

    [TestCase("--sets base", "SCENARIO: nothing has two sets; compare needs two or more")]
    [TestCase("--sets base,slo",
        "--sets: scenario tiny has no set 'slo'; allowed: base, slow (did you mean 'slow'?); "
        + "--scenario picks a scenario")]
    [TestCase("--sets base,base", "--sets: 'base' stands twice in 'base,base'")]
    [TestCase("--sets base,", "--sets: a name is missing in 'base,'")]
    [TestCase("--baseline bas",
        "--baseline: scenario tiny has no set 'bas'; allowed: base, slow (did you mean 'base'?); "
        + "--scenario picks a scenario")]
    public void A_mistake_is_one_line_and_nothing_is_written(string line, string message)
    {
        using Tiny tiny = new();
        (int code, _, string error) = tiny.Call("compare", line.Split(' '));
        string told = error.Replace(tiny.Scenario, "SCENARIO", System.StringComparison.Ordinal);
        Assert.That(told, Is.EqualTo($"{message}\n"));
        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(Directory.Exists(tiny.Results), Is.False);
    }
}
