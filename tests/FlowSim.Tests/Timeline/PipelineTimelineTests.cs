using System;
using System.IO;
using System.Linq;
using FlowSim.Analysis.Timeline;
using FlowSim.Chain;
using FlowSim.Tests.Worlds;
using NUnit.Framework;

namespace FlowSim.Tests.Timeline;

/// <summary>A node of any role can be followed through a run with transactions.</summary>
public sealed class PipelineTimelineTests
{
    [TestCase(Role.Collection, "guarantees collection", "takes a transaction from", "assembles the QC")]
    [TestCase(Role.Consensus, "could seal height", "takes a guarantee from", "takes an approval from")]
    [TestCase(Role.Execution, "has executed height", "takes collections from", "takes a request for a chunk's data")]
    [TestCase(Role.Verification, "approves chunk", "takes a chunk's data from", "finalizes the block")]
    [TestCase(Role.Access, "takes transaction", "to be Sealed", "takes word that a transaction is taken")]
    public void Its_own_work_and_its_messages_are_told(Role role, params string[] lines)
    {
        string text = Timeline(FiveRoles.Spec, role);
        foreach (string line in lines) Assert.That(text, Does.Contain(line));
    }

    [Test]
    public void A_wrong_executor_and_who_finds_it_out_are_told()
    {
        RunSpec spec = FiveRoles.Wrong(1, 0, 1_000_000_000);
        Assert.That(Timeline(spec, Role.Execution),
            Does.Contain("to differ from the sealed one").And.Contain("is down"));
        Assert.That(Timeline(spec, Role.Verification), Does.Contain("comes to another end of chunk"));
    }

    [Test]
    public void Every_kind_of_message_has_a_name() =>
        Assert.That(Enum.GetValues<MessageKind>().Where(kind => kind >= MessageKind.ClusterProposal)
            .Select(PipelineText.Of), Is.Unique);

    private static string Timeline(RunSpec spec, Role role)
    {
        using StringWriter text = new();
        int node = spec.Nodes.Select((n, i) => (n, i)).First(entry => entry.n.Role == role).i;
        Simulation.Run(spec, [new NodeTimeline(text, new Cast(spec), ViewRange.All, node)]);
        return text.ToString();
    }
}
