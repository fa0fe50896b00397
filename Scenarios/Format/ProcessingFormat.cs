using System.Collections.Generic;
using System.Linq;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The <c>processing</c> section.</summary>
public static class ProcessingFormat
{
    private static readonly Field<Quantiles> Build = Cost("build",
        "The leader builds a payload and signs the proposal.");

    private static readonly Field<Quantiles> Validate = Cost("validate",
        "A receiver checks a proposal and extends its state, one at a time.");

    private static readonly Field<Quantiles> VerifyVote = Cost("verify-vote",
        "The next leader checks a vote, eight at a time.");

    private static readonly Field<Quantiles> VerifyTimeout = Cost("verify-timeout",
        "A node checks a timeout object, four at a time.");

    private static readonly Field<Quantiles> Persist = Cost("persist",
        "Safety data reaches the disk before a vote, proposal or timeout object leaves.");

    private static readonly Field<Quantiles> BuildCollection = PipelineCost("build-collection",
        "A cluster's leader builds a collection and signs the proposal.");

    private static readonly Field<Quantiles> ValidateCollection = PipelineCost("validate-collection",
        "A cluster member checks a proposal of its cluster, one at a time.");

    private static readonly Field<Quantiles> ExecuteBlock = PipelineCost("execute-block",
        "An execution node executes a block, its transactions left out.");

    private static readonly Field<Quantiles> ExecuteTransaction = PipelineCost("execute-transaction",
        "An execution node executes one transaction.");

    private static readonly Field<Quantiles> LoadState = new("load-state", Distributions.OfDurations,
        "An execution node loads its state after a restart. Default 10m.");

    private static readonly Field<Quantiles> ReachLedger = new("reach-ledger", Distributions.OfDurations,
        "An execution node finds the process that keeps its state after a restart. Default 8s.");

    private static readonly Field<Quantiles> VerifyChunk = PipelineCost("verify-chunk",
        "A verification node executes a chunk again.");

    private static readonly Field<Quantiles> ServeCall = PipelineCost("serve-call",
        "An access node takes a client's call.");

    private static readonly IReadOnlyList<Field<Quantiles>> Costs =
    [
        Build, Validate, VerifyVote, VerifyTimeout, Persist, BuildCollection, ValidateCollection, ExecuteBlock,
        ExecuteTransaction, LoadState, ReachLedger, VerifyChunk, ServeCall,
    ];

    /// <summary>The names of the costs.</summary>
    public static readonly IReadOnlyList<string> Keys = [.. Costs.Select(cost => cost.Key)];

    public static readonly Section<ProcessingSpec> Section = new(
        "processing", Costs,
        at => new ProcessingSpec
        {
            BuildProposal = at.Get(Build),
            ValidateProposal = at.Get(Validate),
            VerifyVote = at.Get(VerifyVote),
            VerifyTimeout = at.Get(VerifyTimeout),
            Persist = at.Get(Persist),
            BuildCollection = at.Or(BuildCollection, Free),
            ValidateCollection = at.Or(ValidateCollection, Free),
            ExecuteBlock = at.Or(ExecuteBlock, Free),
            ExecuteTransaction = at.Or(ExecuteTransaction, Free),
            LoadState = at.Or(LoadState, Usual.LoadState),
            ReachLedger = at.Or(ReachLedger, Usual.ReachLedger),
            VerifyChunk = at.Or(VerifyChunk, Free),
            ServeCall = at.Or(ServeCall, Free),
        });

    private static ProcessingSpec Usual => new()
    {
        BuildProposal = Free, ValidateProposal = Free, VerifyVote = Free, VerifyTimeout = Free, Persist = Free,
    };

    private static Quantiles Free => Quantiles.Constant(0);

    private static Field<Quantiles> PipelineCost(string key, string description) =>
        new(key, Distributions.OfDurations, $"{description} Default 0s.");

    private static Field<Quantiles> Cost(string key, string description) =>
        new(key, Distributions.OfDurations, description, isRequired: true);
}
