using System;
using System.IO;
using FlowSim.Access;
using FlowSim.Executing;
using FlowSim.Kernel;
using FlowSim.Scenarios;
using FlowSim.Sealing;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Pipelines in scenario files: what they mean, and what is refused.</summary>
public sealed class PipelineFormatTests
{
    private const string Good = """
        format: 1
        scenarios:
          - name: first
            question: Why?
            profile: mainnet-2024
            nodes: { consensus: 4, collection: 4, execution: 2, verification: 3, access: 1 }
            processing: { execute-block: 10ms, verify-chunk: { uniform: [1ms, 3ms] } }
            pipeline:
              clusters: 2
              workload: { rate: 0.5, arrivals: bursts, burst: 3, size: 2kB, gas: 7, scripts: 0.25 }
              behaviours:
                - { name: early, of: { role: execution, count: 1 }, sensitivity: 0.000001 }
                - { name: late, of: { role: verification }, sensitivity: 1 }
              switches:
                fork-rule: pre-fix
                after-fork: refuses-seals
                emergency-sealing: true
                descendant-approval: false
                own-approval-suffices: false
                ledger: service
                script-heights: 100
                reference-block: finalized
                access-fetch-interval: 0s
            seeds: 1..2
            duration: { views: 30 }
            sets: [ { name: one } ]
        """;

    [Test]
    public void Every_key_means_what_it_says()
    {
        PipelineSpec pipeline = Plan.Of(Written.Load(Good))[0].Spec.Pipeline!;
        Workload work = pipeline.Workload;
        Assert.That((work.CallsPerThousandSeconds, work.Shape, work.BurstSize, work.ScriptsPerMillion),
            Is.EqualTo((500, ArrivalShape.Bursts, 3, 250_000)));
        Assert.That((work.Bytes, work.Gas), Is.EqualTo((Quantiles.Constant(2_000), Quantiles.Constant(7))));
        Assert.That(pipeline.Clusters.Count, Is.EqualTo(2));
        Assert.That((pipeline.Sealing.ForkRule, pipeline.Sealing.AfterFork, pipeline.Sealing.EmergencySealing),
            Is.EqualTo((ForkRule.PreFix, AfterFork.RefusesSeals, true)));
        Assert.That((pipeline.Sealing.DescendantApproval, pipeline.Verification.DescendantApproval,
            pipeline.Verification.OwnApprovalSuffices), Is.EqualTo((false, false, false)));
        Assert.That(pipeline.Execution.ScriptHeights, Is.EqualTo(100));
        Assert.That((pipeline.Execution.Ledger, pipeline.Access.Reference, pipeline.Access.FetchInterval),
            Is.EqualTo((LedgerPlace.Service, ReferenceChoice.LatestFinalized, SimDuration.Zero)));
    }

    [Test]
    public void A_behaviour_belongs_to_the_nodes_that_a_seed_draws()
    {
        var runs = Plan.Of(Written.Load(Good));
        foreach (PlannedRun run in runs)
        {
            Assert.That(run.Spec.Pipeline!.Deviations, Has.Count.EqualTo(2));
            Assert.That(run.Spec.Pipeline.Deviations[0].Nodes.Members.Length, Is.EqualTo(1));
            Assert.That(run.Spec.Pipeline.Deviations[0].Behaviour.SensitivityPerBillion, Is.EqualTo(1_000));
            Assert.That(run.Spec.Pipeline.Deviations[1].Nodes.Members.Length, Is.EqualTo(3));
        }

        Assert.That(runs[0].Identity.RunId, Is.Not.EqualTo(runs[1].Identity.RunId));
    }

    [Test]
    public void A_world_without_a_pipeline_has_none() =>
        Assert.That(Plan.Of(Written.Load(Written.Good))[0].Spec.Pipeline, Is.Null);

    [TestCase("rate: 0.5", "rate: 0.6")]
    [TestCase("fork-rule: pre-fix", "fork-rule: post-fix")]
    [TestCase("sensitivity: 1 }", "sensitivity: 0.5 }")]
    [TestCase("execute-block: 10ms", "execute-block: 11ms")]
    [TestCase("ledger: service", "ledger: in-process")]
    public void Another_pipeline_is_another_set_of_parameters(string from, string to)
    {
        static string Hash(string text) => Plan.Of(Written.Load(text))[0].Identity.ParamsHash;
        Assert.That(Hash(Good.Replace(from, to, StringComparison.Ordinal)), Is.Not.EqualTo(Hash(Good)));
    }

    [TestCase("collection: 4", "collection: 1",
        "s.yaml:9:7: the pipeline needs 2 collection nodes or more, as a cluster needs at least one; there are 1")]
    [TestCase("execution: 2", "execution: 1",
        "s.yaml:9:7: the pipeline needs 2 execution nodes or more, as a seal needs receipts by two; there are 1")]
    [TestCase("verification: 3", "verification: 2",
        "s.yaml:9:7: the pipeline needs 3 verification nodes or more, as so many check each chunk; there are 2")]
    [TestCase("access: 1", "access: 0",
        "s.yaml:9:7: the pipeline needs 1 access nodes or more, as clients call one; there are 0")]
    [TestCase("arrivals: bursts, ", "", "s.yaml:10:37: 'burst' is for arrivals: bursts")]
    [TestCase("fork-rule: pre-fix", "fork-rule: prefix",
        "s.yaml:15:20: 'prefix' is not a fork rule; allowed: post-fix, pre-fix (did you mean 'pre-fix'?)")]
    [TestCase("gas: 7", "gas: 10000", "s.yaml:10:74: 10000 is out of range; allowed: 0 to 9999")]
    [TestCase("      clusters: 2\n", "", "s.yaml:9:7: pipeline lacks the key 'clusters'")]
    public void A_mistake_is_one_line_with_its_place(string from, string to, string message)
    {
        string edited = Good.Replace(from, to, StringComparison.Ordinal);
        Assert.That(edited, Is.Not.EqualTo(Good));
        using Written files = new Written().With("s.yaml", edited);
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    [Test]
    public void A_plan_tells_of_the_pipeline()
    {
        using StringWriter text = new();
        PlanText.Write(text, Plan.Of(Written.Load(Good)));
        Assert.That(text.ToString(), Does.Contain("  pipeline: 0.5 calls per second, 2 clusters\n")
            .And.Contain("  behaviour: early on 0.000001 of chunks, of role: execution, count: 1\n")
            .And.Contain("consensus messages"));
    }
}
