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

    private static readonly IReadOnlyList<Field<Quantiles>> Costs =
        [Build, Validate, VerifyVote, VerifyTimeout, Persist];

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
        });

    private static Field<Quantiles> Cost(string key, string description) =>
        new(key, Distributions.OfDurations, description, isRequired: true);
}
