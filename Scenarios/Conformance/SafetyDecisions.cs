using System.Text.Json;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>What a replica may sign, given its memory and the committee's answers.</summary>
internal sealed class SafetyDecisions(SafetyConstants constants) : IFamily
{
    private static readonly BlockId SomeBlock = new(1);

    public string Name => "safety-rules";

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.EachCase(file, c => ReplayCase(c, comparison));

    private void ReplayCase(JsonElement c, Comparison comparison)
    {
        var names = new RecordedNodes(c.Text("self"));
        var rules = new SafetyRules(Data(c.Get("initialState"), names.Self), constants);
        int number = 0;
        foreach (JsonElement op in c.Get("ops").EnumerateArray())
        {
            comparison.Step(++number);
            SafetyData before = rules.Data;
            (string result, Message.Timeout? timeout) = Apply(op, rules, names);
            comparison.Same("result", op.Text("result"), result);
            if (op.TryGetProperty("timeoutObject", out JsonElement expected))
                CompareTimeout("timeoutObject", expected, timeout, comparison);
            comparison.Same("safetyDataWrites",
                op.Unsigned("safetyDataWrites"), ReferenceEquals(before, rules.Data) ? 0UL : 1UL);
            CompareData(op.Get("stateAfter"), rules.Data, comparison);
        }
    }

    private static (string Result, Message.Timeout? Timeout) Apply(
        JsonElement op, SafetyRules rules, RecordedNodes names)
    {
        try
        {
            SafetyContext context = names.Context(op);
            switch (op.Text("op"))
            {
                case "produceVote":
                    return (Vote(rules.ProduceVote(Proposal(op, names), op.View("curView"), context)), null);
                case "signOwnProposal":
                    return (Vote(rules.SignOwnProposal(Proposal(op, names), context)), null);
                case "produceTimeout":
                    TimeoutDecision decision = rules.ProduceTimeout(
                        op.View("curView"), Qc(op.UnsignedOrNull("qcView")), Tc(op.Get("lastViewTc")),
                        context);
                    return (decision.Timeout is null ? "noTimeout" : "timeout", decision.Timeout);
                case var other:
                    throw new RecordingException($"unknown op {other}");
            }
        }
        catch (SafetyException)
        {
            return ("exception", null);
        }
    }

    private static string Vote(VoteDecision decision) => decision.Granted ? "vote" : "noVote";

    private static Message.Proposal Proposal(JsonElement op, RecordedNodes names)
    {
        // A proposal without a QC is unknown to the simulator's types, but the rule must stand it.
        QuorumCertificate? qc = Qc(op.UnsignedOrNull("qcView"));
        var block = new Block(SomeBlock, op.View("blockView"), default, qc!,
            names.Named(op.Text("proposer")));
        return new Message.Proposal(block, Tc(op.Get("lastViewTc")));
    }

    private static QuorumCertificate? Qc(ulong? view) =>
        view is { } v ? QuorumCertificate.Trusted(new View(v), new BlockId(v)) : null;

    private static TimeoutCertificate? Tc(JsonElement json) => json.IsNull()
        ? null
        : TimeoutCertificate.Trusted(json.View("view"), Qc(json.Unsigned("newestQcView"))!);

    private static SafetyData Data(JsonElement state, NodeId self)
    {
        JsonElement last = state.Get("lastTimeout");
        Message.Timeout? timeout = last.IsNull()
            ? null
            : new Message.Timeout(last.View("view"), Qc(last.Unsigned("newestQcView"))!,
                Tc(last.Get("lastViewTc")), self, last.Unsigned("timeoutTick"));
        return new SafetyData(state.View("lockedOneChainView"), state.View("highestAcknowledgedView"),
            timeout);
    }

    private static void CompareData(JsonElement expected, SafetyData actual, Comparison comparison)
    {
        comparison.Same("lockedOneChainView",
            expected.Unsigned("lockedOneChainView"), actual.LockedOneChainView.Value);
        comparison.Same("highestAcknowledgedView",
            expected.Unsigned("highestAcknowledgedView"), actual.HighestAcknowledgedView.Value);
        CompareTimeout("lastTimeout", expected.Get("lastTimeout"), actual.LastTimeout, comparison);
    }

    private static void CompareTimeout(
        string field, JsonElement expected, Message.Timeout? actual, Comparison comparison)
    {
        comparison.Same(field, !expected.IsNull(), actual is not null);
        if (expected.IsNull() || actual is null) return;
        JsonElement tc = expected.Get("lastViewTc");
        comparison.Same(field + ".view", expected.Unsigned("view"), actual.View.Value);
        comparison.Same(field + ".newestQcView", expected.Unsigned("newestQcView"),
            actual.NewestQc.View.Value);
        comparison.Same(field + ".timeoutTick", expected.Unsigned("timeoutTick"), actual.Tick);
        comparison.Same(field + ".lastViewTc.view",
            tc.IsNull() ? null : tc.Unsigned("view"), actual.LastViewTc?.View.Value);
        comparison.Same(field + ".lastViewTc.newestQcView",
            tc.IsNull() ? null : tc.Unsigned("newestQcView"), actual.LastViewTc?.NewestQc.View.Value);
    }
}
