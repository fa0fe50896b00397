using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The incidents on file: each of their scenarios keeps its promises under its first seed.</summary>
public sealed class LibraryTests
{
    private static IEnumerable<TestCaseData> All =>
        Directory.EnumerateFiles(Path.Combine(SchemaTests.Repository(), "Scenarios", "Library"), "*.yaml")
            .Order(StringComparer.Ordinal)
            .SelectMany(path => ScenarioFile.Load(path).Scenarios
                .Select(scenario => new TestCaseData(path, scenario.Name).SetArgDisplayNames(scenario.Name)));

    [Test]
    public void Large_scenarios_can_run_and_state_the_digest_on_record()
    {
        string large = Path.Combine(SchemaTests.Repository(), "Scenarios", "Library", "Large");
        string[] records = File.ReadAllLines(
            Path.Combine(SchemaTests.Repository(), "tests", "FlowSim.Tests", "Golden", "large.txt"));
        Assert.That(records.Select(record => record.Split(' ')[0] + ".yaml"),
            Is.EquivalentTo(Directory.EnumerateFiles(large, "*.yaml").Select(Path.GetFileName)));
        foreach (string record in records)
        {
            string path = Path.Combine(large, record.Split(' ')[0] + ".yaml");
            Assert.That(File.ReadAllText(path), Does.Contain(record.Split(' ')[1]), path);
            Assert.That(Plan.Of(ScenarioFile.Load(path)), Has.Count.EqualTo(1), path);
        }
    }

    [Test]
    public void Studies_can_be_planned()
    {
        string studies = Path.Combine(SchemaTests.Repository(), "Scenarios", "Library", "Studies");
        string[] files = Directory.GetFiles(studies, "*.yaml");
        Assert.That(files, Is.Not.Empty);
        foreach (string path in files) Assert.That(Plan.Of(ScenarioFile.Load(path)), Is.Not.Empty, path);
    }

    [TestCaseSource(nameof(All))]
    public void An_incident_goes_as_the_rules_have_it(string path, string scenario)
    {
        string results = Directory.CreateTempSubdirectory("flowsim-test-").FullName;
        try
        {
            using StringWriter output = new();
            using StringWriter error = new();
            int code = CommandLine.Run(["run", path, "--scenario", scenario, "--seed", "1", "--workers", "1",
                "--out", results], output, error);
            Assert.That(code, Is.Zero, error.ToString() + output);
            Scenario run = ScenarioFile.Load(path).Scenarios
                .Single(s => string.Equals(s.Name, scenario, StringComparison.Ordinal));
            Assert.That(run.Expectations, Is.Not.Empty);
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }
}
