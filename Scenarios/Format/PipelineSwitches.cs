using FlowSim.Access;
using FlowSim.Executing;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Sealing;

namespace FlowSim.Scenarios.Format;

/// <summary>The <c>switches</c> of a pipeline: rules that changed, that operators choose, or that are inferred.
/// </summary>
public static class PipelineSwitches
{
    private static readonly Field<ForkRule> Fork = new("fork-rule", Choices.Of("a fork rule",
        [("post-fix", ForkRule.PostFix), ("pre-fix", ForkRule.PreFix)]),
        "Which seals count as a side of an execution fork; pre-fix is flow-go before 2026-02-26. Default post-fix.");

    private static readonly Field<AfterFork> After = new("after-fork", Choices.Of("a reaction",
        [("exits-again", AfterFork.ExitsAgain), ("refuses-seals", AfterFork.RefusesSeals)]),
        "What a consensus node does that starts with evidence of an execution fork. Default exits-again.");

    private static readonly Field<bool> Emergency = new("emergency-sealing", Scalars.Truth,
        "Whether old results are sealed without approvals. Default false.");

    private static readonly Field<bool> Descendants = new("descendant-approval", Scalars.Truth,
        "Whether chunks of a result are approved although the result before may be wrong. Default true, as flow-go.");

    private static readonly Field<bool> OwnApproval = new("own-approval-suffices", Scalars.Truth,
        "Without descendant-approval: whether a verifier trusts its own approval of the result before. Default true.");

    private static readonly Field<LedgerPlace> Ledger = new("ledger", Choices.Of("a place",
        [("in-process", LedgerPlace.InProcess), ("service", LedgerPlace.Service)]),
        "Where an execution node keeps its state: decides what a restart costs. Default in-process.");

    private static readonly Field<long> Scripts = new("script-heights", Scalars.Whole(1, 1_000_000),
        "Heights below the sealed one as of which contracts can be read: some 100 at an execution node, any at an "
        + "access node that indexes. Default 10000.");

    private static readonly Field<ReferenceChoice> Reference = new("reference-block", Choices.Of("a block",
        [("sealed", ReferenceChoice.LatestSealed), ("finalized", ReferenceChoice.LatestFinalized)]),
        "Which latest block clients refer to. Default sealed.");

    private static readonly Field<SimDuration> Fetch = new("access-fetch-interval",
        Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(3600)),
        "How often an access node asks for collections; 0s asks at once. Default 1s.");

    public static readonly Section<PipelineSpec> Section = new("switches",
        [Fork, After, Emergency, Descendants, OwnApproval, Ledger, Scripts, Reference, Fetch], Build);

    /// <summary>A pipeline with the switches of a section.</summary>
    private static PipelineSpec Build(Values at)
    {
        PipelineSpec usual = new() { Workload = new Workload { CallsPerThousandSeconds = 0 } };
        bool descendants = at.Or(Descendants, true);
        return usual with
        {
            Sealing = usual.Sealing with
            {
                ForkRule = at.Or(Fork, usual.Sealing.ForkRule),
                AfterFork = at.Or(After, usual.Sealing.AfterFork),
                EmergencySealing = at.Or(Emergency, usual.Sealing.EmergencySealing),
                DescendantApproval = descendants,
            },
            Verification = usual.Verification with
            {
                DescendantApproval = descendants,
                OwnApprovalSuffices = at.Or(OwnApproval, usual.Verification.OwnApprovalSuffices),
            },
            Execution = usual.Execution with
            {
                Ledger = at.Or(Ledger, usual.Execution.Ledger),
                ScriptHeights = (ulong)at.Or(Scripts, (long)usual.Execution.ScriptHeights),
            },
            Access = usual.Access with
            {
                Reference = at.Or(Reference, usual.Access.Reference),
                FetchInterval = at.Or(Fetch, usual.Access.FetchInterval),
            },
        };
    }
}
