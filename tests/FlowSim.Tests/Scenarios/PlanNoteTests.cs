using System;
using System.IO;
using FlowSim.Scenarios;
using FlowSim.Tests.Scenarios.Contradictions;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>What a plan notes about what contradicts nothing.</summary>
public sealed class PlanNoteTests
{
    private const string Quick = "workload: { rate: 0.5 }, switches: { ledger: service } }";

    [Test]
    public void A_spork_gives_everybody_its_image()
    {
        using StringWriter plan = new();
        PlanText.Write(plan, Plan.Of(ScenarioFile.Load(Path.Combine(
            SchemaTests.Repository(), "Scenarios", "Library", "upgrades-spork.yaml"))));
        Assert.That(plan.ToString(), Does.Contain("strategy: spork").And.Not.Contain("nobody gets image"));
    }

    [TestCase("height: 80, version", "height: 79, version", "")]
    [TestCase("height: 80, version", "height: 36, version", "")]
    [TestCase("height: 80, version", "height: 35, version", "  note: line 19: at 20s the chain is by its targets at "
        + "height 25, so that the contract refuses 35 within the freeze period of 10 blocks\n")]
    [TestCase(Quick, "workload: { rate: 0.5 } }", "  note: an execution node restarts at 0s at the earliest; typically "
        + "it takes 10s and then 10m0s until it executes, and the run is over at 5m0s ('operators' and the switch "
        + "'ledger: service' decide)\n")]
    [TestCase(", execution-crash-every: 10h", ", execution-downtime: 4m2s", "  note: an execution node restarts at 50s "
        + "at the earliest; typically it takes 4m2s and then 8s until it executes, and the run is over at 5m0s "
        + "('operators' and the switch 'ledger: service' decide)\n")]
    [TestCase(", execution-crash-every: 10h", ", execution-downtime: 4m1s", "")]
    public void At_a_height(string from, string to, string notes) =>
        AssertNoted(Contradictory.AtHeight, from, to, notes);

    [TestCase("view: 120", "view: 56", "")]
    [TestCase("view: 120", "view: 55", "  note: line 15: at 20s the chain is by its targets at view 25, so that nodes "
        + "turn down 55 within the safety threshold of 30 views\n")]
    [TestCase("      rollouts:", "        - { name: spare, version: 0.43.0 }\n      rollouts:",
        "  note: nobody gets image 'spare'\n")]
    public void By_version(string from, string to, string notes) =>
        AssertNoted(Contradictory.ByVersion, from, to, notes);

    /// <summary>Whoever runs it need not have planned it; what is read by machines has nothing of it.</summary>
    [TestCase("run")]
    [TestCase("compare")]
    public void A_run_begins_with_the_notes(string verb)
    {
        using Tiny tiny = new(Short);
        (int code, string output, string error) = tiny.Call(verb, "--workers", "1");
        using Tiny meant = new(Short.Replace(", { name: spare, version: 0.42.0 }", "", StringComparison.Ordinal));
        (int meantCode, _, string nothing) = meant.Call(verb, "--workers", "1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, error), Is.EqualTo((ExitCode.Ok, "tiny: note: nobody gets image 'spare'\n")));
            Assert.That((meantCode, nothing), Is.EqualTo((ExitCode.Ok, "")));
            Assert.That(output, Does.Contain("2 runs simulated").And.Not.Contain("note"));
            foreach (string file in Directory.EnumerateFiles(tiny.Results, "*", SearchOption.AllDirectories))
                Assert.That(File.ReadAllText(file), Does.Not.Contain("nobody gets"), file);
        }
    }

    private const string Short = """
        format: 1
        scenarios:
          - name: tiny
            question: Why?
            profile: mainnet-2025
            nodes: { consensus: 4, collection: 1, execution: 2, verification: 3, access: 1 }
            pipeline: { clusters: 1, workload: { rate: 0.5 }, switches: { ledger: service } }
            epoch: { views: 1000, target-view-time: 800ms }
            upgrade:
              images: [ { name: old, version: 0.41.0 }, { name: spare, version: 0.42.0 } ]
            seeds: 1
            duration: { time: 5s }
            sets:
              - name: base
              - name: slow
                hotstuff-min-timeout: 3s
        """;

    /// <remarks>21² times 50.5 ms and 20 times 2.5 s, against three phases in views of 800 ms.</remarks>
    [TestCase(30, "  note: a key generation takes 1m12s by its target, and 21 participants take up to 1m12.2705s to "
        + "read each other's vectors: slow ones miss the key\n")]
    [TestCase(31, "")]
    public void Phases_too_short_for_the_number_of_participants(int views, string notes)
    {
        string text = $$"""
            format: 1
            scenarios:
              - name: short
                question: Do phases suffice?
                profile: mainnet-2025
                nodes: { consensus: 23, collection: 4, execution: 2, verification: 3, access: 1 }
                pipeline: { clusters: 1, workload: { rate: 0.5 } }
                epoch: { views: 750, target-view-time: 800ms }
                protocol:
                  staking-views: 60
                  dkg-phase-views: {{views}}
                  safety-threshold: 100
                  extension-views: 600
                  members: [ { of: { role: consensus, count: 2 }, leaves-after: 0 } ]
                seeds: 1
                duration: { epochs: 1 }
                sets: [ { name: one } ]
            """;
        using StringWriter plan = new();
        PlanText.Write(plan, Plan.Of(Written.Load(text)));
        Assert.That(NotesOf(plan), Is.EqualTo(notes).NoClip);
    }

    private static void AssertNoted(string text, string from, string to, string notes)
    {
        using StringWriter plan = new();
        PlanText.Write(plan, Contradictory.Planned(
            text.Replace("workload: { rate: 0.5 } }", Quick, StringComparison.Ordinal), from, to));
        Assert.That(NotesOf(plan), Is.EqualTo(notes).NoClip);
    }

    private static string NotesOf(StringWriter plan)
    {
        using StringWriter noted = new();
        foreach (string line in plan.ToString().Split('\n'))
        {
            if (line.StartsWith("  note: ", StringComparison.Ordinal)) noted.Write(line + "\n");
        }

        return noted.ToString();
    }
}
