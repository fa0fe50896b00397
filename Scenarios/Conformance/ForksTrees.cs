using System;
using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>Block trees fed to forks block by block: events, finality, what is known, and evidence.</summary>
/// <remarks>
/// flow-go reports a final block twice, to storage and to listeners; the simulator has one event for both,
/// which is compared with the pair.
/// </remarks>
internal sealed class ForksTrees(string name) : IFamily
{
    public string Name => name;

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.Case(file.Text("name"), () => ReplayTree(file, comparison));

    private static void ReplayTree(JsonElement file, Comparison comparison)
    {
        var tree = new RecordedTree(file);
        var forks = new Forks(tree.Root);
        List<ForksEvent> events = [];
        int number = 0;
        foreach (JsonElement op in file.Get("ops").EnumerateArray())
        {
            comparison.Step(++number);
            events.Clear();
            comparison.Same("error", op.Text("error"), Apply(op, tree, forks, events));
            comparison.Same("events", Joined(op.Get("events")), tree.Names(events));
            comparison.Same("finalizedView", op.Unsigned("finalizedView"), forks.FinalizedView.Value);
            comparison.Same("finalizedBlock", op.Text("finalizedBlock"), tree.NameOf(forks.FinalizedBlock));
            comparison.Same("knownBlocks", Joined(op.Get("knownBlocks")), tree.Known(forks));
            CompareProof(op.Get("finalityProof"), forks.Proof, tree, comparison);
        }
    }

    private static string Apply(JsonElement op, RecordedTree tree, Forks forks, List<ForksEvent> events)
    {
        Block block = tree.Named(op.Text("block"));
        try
        {
            switch (op.Text("op"))
            {
                case "addValidated":
                    forks.AddValidated(block, events);
                    break;
                case "addCertified":
                    forks.AddCertified(block, QuorumCertificate.Trusted(block.View, block.Id), events);
                    break;
                case var other:
                    throw new RecordingException($"unknown op {other}");
            }

            return "none";
        }
        catch (MissingBlockException)
        {
            return "missingBlock";
        }
        catch (ByzantineThresholdExceededException)
        {
            return "byzantineThresholdExceeded";
        }
        catch (ArgumentException)
        {
            return "invalidBlock";
        }
    }

    private static void CompareProof(
        JsonElement expected, FinalityProof? actual, RecordedTree tree, Comparison comparison)
    {
        comparison.Same("finalityProof", !expected.IsNull(), actual is not null);
        if (expected.IsNull() || actual is null) return;
        comparison.Same("finalityProof.block", expected.Text("block"), tree.NameOf(actual.Block));
        comparison.Same("finalityProof.certifiedChild",
            expected.Text("certifiedChild"), tree.NameOf(actual.CertifiedChild));
        comparison.Same("finalityProof.certifyingQcView",
            expected.Unsigned("certifyingQcView"), actual.CertifyingQc.View.Value);
    }

    private static string Joined(JsonElement texts)
    {
        List<string> all = [];
        foreach (JsonElement text in texts.EnumerateArray()) all.Add(text.GetString() ?? "");
        return string.Join(' ', all);
    }
}
