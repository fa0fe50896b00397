using System;
using System.Collections.Generic;

namespace FlowSim.Oracles;

/// <summary>All oracles: what a run must never contradict, whatever the scenario.</summary>
/// <remarks>
/// Each is phrased so that every correct run passes; where the protocol's own statement holds only under conditions,
/// the oracle knows them from the spec. They watch and change nothing: a run has one digest with them and without.
/// </remarks>
public static class OracleCatalogue
{
    /// <summary>The probes to pass beside a run's other observers.</summary>
    public static IReadOnlyList<IProbe> All(RunSpec spec) => [Watching(spec, _ => true)];

    /// <summary>Some of the oracles, picked by their numbers.</summary>
    internal static Panel Watching(RunSpec spec, Predicate<string> isWanted)
    {
        var cast = new Cast(spec);
        var calm = new Calm(cast);
        var blocks = new KnownBlocks(cast);
        Oracle[] oracles =
        [
            new Agreement(cast), new OneBlockPerView(cast), new NoContradiction(cast),
            new ViewsHaveEvidence(cast, blocks), new CertificatesAddUp(cast), new ViewsOnlyRise(cast, blocks),
            new FinalityHasProof(cast, blocks), new OncePerView(cast),
            new FinalizationAdvances(cast, calm), new TimeoutsAreDue(cast), new TimeoutsFollowFailures(cast),
            new FinalizationGap(cast, calm), new ViewsAdvance(cast, calm), new LaggardsCatchUp(cast, calm),
            new PublicationTimes(cast), new EpochEndsOnTime(cast, calm), new ControllerStaysInLimits(cast),
            new ControllerObservesOnce(cast), new OneContentPerBlock(cast, blocks),
            new BlocksWithinEpochs(cast), new OnlyMembersSpeak(cast),
        ];

        if (spec.Protocol is not null) oracles = [.. oracles, .. OfProtocol(cast)];
        if (spec.Pipeline is not null) oracles = [.. oracles, .. OfPipeline(cast)];
        oracles = Array.FindAll(oracles, oracle => isWanted(oracle.Id));

        // The others look blocks up, and ask who is left, so these come first.
        Oracle[] first = spec.Protocol is null ? [] : [new EpochRegister(cast)];
        return new Panel(cast,
            [.. first, blocks, new Departures(cast, calm), new Successions(cast, calm), .. oracles]);
    }

    private static Oracle[] OfProtocol(Cast cast) =>
    [
        new OneStatePerBlock(cast), new EpochsFollowEachOther(cast), new FallbackEndsByRecovery(cast),
        new EventsCountWhenSealed(cast), new NodesHearAtFinality(cast), new TargetsFollowViews(cast),
        new ControllersAimAtPlans(cast),
    ];

    private static Oracle[] OfPipeline(Cast cast) =>
    [
        new CollectedOnce(cast), new SealsAreEarned(cast), new SealedBelowFinal(cast),
        new ExecutionFollowsTheChain(cast), new NoConflictingSeals(cast), new ClusterChains(cast),
        new ReferencesAreFresh(cast),
    ];
}
