using System;
using System.IO;
using System.Text.Json;
using FlowSim.Analysis.Statistics;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The benchmark measures everything it promises; how fast is not a test's business.</summary>
public sealed class BenchTests
{
    [Test]
    public void A_quick_benchmark_has_every_section_and_writes_the_same_figures_to_a_file()
    {
        using Written files = new();
        string json = files.PathOf("bench.json");
        using StringWriter output = new();
        int code = CommandLine.Run(["bench", "--quick", "--parallel", "--json", json], output, TextWriter.Null);
        Assert.That(code, Is.EqualTo(ExitCode.Ok));
        string report = output.ToString();
        foreach (string words in (string[])["flowsim 0.", "cores", ".NET", "A message is one delivery",
            "no faults", "15 % of the nodes off", "flags as shipped", "grows as nodes^", "Memory against",
            "take one event",
            "A week of mainnet", "All five roles", "hundreds-each", "workers", "event of a bare loop", "smoke test"])
            Assert.That(report, Does.Contain(words));

        using JsonDocument read = JsonDocument.Parse(File.ReadAllBytes(json));
        JsonElement sections = read.RootElement.GetProperty("sections");
        Assert.That(sections.GetArrayLength(), Is.EqualTo(8));
        foreach (JsonElement section in sections.EnumerateArray())
        {
            int columns = section.GetProperty("columns").GetArrayLength();
            Assert.That(section.GetProperty("rows").GetArrayLength(), Is.GreaterThan(0));
            foreach (JsonElement row in section.GetProperty("rows").EnumerateArray())
            {
                Assert.That(row.GetArrayLength(), Is.EqualTo(columns));
                foreach (JsonElement cell in row.EnumerateArray())
                {
                    if (cell.ValueKind == JsonValueKind.Object)
                        Assert.That(cell.GetProperty("median").GetDouble(), Is.GreaterThan(0));
                }
            }
        }
    }

    [Test]
    public void A_file_that_cannot_be_written_is_refused_before_anything_is_measured()
    {
        using Written files = new();
        using StringWriter error = new();
        string nowhere = files.PathOf(Path.Combine("nowhere", "bench.json"));
        int code = CommandLine.Run(["bench", "--quick", "--json", nowhere], TextWriter.Null, error);
        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(error.ToString(), Does.StartWith($"--json: '{nowhere}' cannot be written"));
    }

    [Test]
    public void The_exponent_of_a_power_law_is_found()
    {
        (double, double)[] exact = [(64, 3 * 64.0 * 64), (128, 3 * 128.0 * 128), (1024, 3 * 1024.0 * 1024)];
        Assert.That(PowerLaw.Exponent(exact)!.Value, Is.EqualTo(2).Within(1e-9));

        // By hand: logs 0, 1, 2 against 0, 1, 1 have slope 1/2 and rest 1/6, so the half-width is t(1) · √(1/12).
        (double, double)[] bent = [(1, 1), (Math.E, Math.E), (Math.E * Math.E, Math.E)];
        Estimate exponent = PowerLaw.Exponent(bent)!;
        Assert.That(exponent.Value, Is.EqualTo(0.5).Within(1e-9));
        Assert.That(exponent.High - exponent.Value, Is.EqualTo(12.7062 * Math.Sqrt(1.0 / 12)).Within(1e-3));
        Assert.That(PowerLaw.Exponent(exact[..2]), Is.Null);
    }
}
