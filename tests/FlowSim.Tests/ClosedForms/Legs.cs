using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Tests.ClosedForms;

/// <summary>How long proposals and votes are under way where nothing else takes time and every way is a draw.</summary>
/// <remarks>
/// A leader waits for longer than the longest two ways, so that views do not overlap: everybody has the parent, is in
/// the view before, and votes. A way takes a nanosecond and a draw in units of a second.
/// </remarks>
internal sealed class Legs : INetworkProbe
{
    /// <summary>Parts per million of a nanosecond.</summary>
    private const long Second = 1_000_000_000_000_000;

    private static readonly SimDuration Wait = SimDuration.FromSeconds(30);

    private readonly KnownEpochs epochs;
    private readonly Dictionary<View, Times> views = [];

    private Legs(KnownEpochs epochs) => this.epochs = epochs;

    public static Quantiles Exponential { get; } = Quantiles.Exponential(Second);

    public static Quantiles Uniform { get; } = Quantiles.Uniform(0, Second);

    /// <summary>Views whose votes are collected by another node than their leader.</summary>
    public IEnumerable<Times> Views => views.Values.Where(view => view.Qc > 0);

    /// <summary>So many runs of equal nodes, each under another seed.</summary>
    public static Legs[] Runs(int count, int nodes, ulong views, Quantiles way) =>
        [.. Enumerable.Range(1, count).Select(seed => Run(nodes, views, way, (ulong)seed))];

    public void On(in TraceEvent entry)
    {
        if (entry.Notice is Notice.Published { Block.View: var view } && !LeadsTwice(view))
            views.Add(view, new Times(entry.At));
        if (entry.Notice is Notice.QcAssembled { Qc.View: var of } && views.TryGetValue(of, out Times? times))
            times.Qc = times.Since(entry.At);
    }

    public void On(in Passage passage)
    {
        if (passage.Stage != PassageStage.Arrived) return;
        if (passage.Message is Message.Proposal proposal && views.TryGetValue(proposal.Block.View, out Times? times))
            times.Proposals.Add(times.Since(passage.At));
        if (passage.Message is Message.Vote vote && views.TryGetValue(vote.View, out times))
            times.Votes.Add(times.Since(passage.At));
    }

    private bool LeadsTwice(View view) => epochs.Leader(view) == epochs.Leader(view.Next);

    private static Legs Run(int nodes, ulong views, Quantiles way, ulong seed)
    {
        RunSpec plain = Some.World(nodes, seed, views);
        SimDuration patience = Wait + Wait;
        RunSpec spec = plain with
        {
            Network = Some.Network(new SimDuration(1)) with { JitterPerMillion = way },
            CruiseControl = plain.CruiseControl with { Enabled = false, FallbackProposalDelay = Wait },
            Pacemaker = plain.Pacemaker with { MinTimeout = patience, MaxTimeout = patience },
            Sync = null,
            Stop = new StopCondition(new View(views), SimTime.FromSeconds(60 * (long)views)),
        };
        var legs = new Legs(KnownEpochs.Planned(spec.Nodes, spec.Epochs, new Luck(seed)));
        Simulation.Run(spec, [legs]);
        return legs;
    }

    /// <summary>One view: seconds from publication, in ascending order.</summary>
    public sealed class Times(SimTime published)
    {
        /// <summary>Until the proposal is at each node but its leader.</summary>
        public List<double> Proposals { get; } = [];

        /// <summary>Until each vote that goes over the network is with the next leader.</summary>
        public List<double> Votes { get; } = [];

        /// <summary>Until the next leader has the QC; zero if it is not told.</summary>
        public double Qc { get; set; }

        public double Since(SimTime at) => (at - published).TotalSeconds;
    }
}
