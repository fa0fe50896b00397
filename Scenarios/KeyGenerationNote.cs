using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Kernel;

namespace FlowSim.Scenarios;

/// <summary>Whether a key generation is long enough for all to read what the others deal.</summary>
/// <remarks>A participant that still reads when a phase ends goes on and ends it late. Who ends the last one late has
/// no key when enough others have theirs, and the epoch is committed.</remarks>
internal static class KeyGenerationNote
{
    private const int Phases = 3;

    /// <summary>The note on a scenario, for the nodes of one of its runs; null when there is nothing to say.</summary>
    public static string? Of(Scenario scenario, IReadOnlyList<NodeSpec> nodes)
    {
        if (scenario.Protocol is not { Spec: var spec }) return null;
        int participants = nodes.Count(node => node is { Role: Role.Consensus, Weight: > 0 } && node.IsMemberIn(1));
        SimDuration reading = LongestReading(spec.Dkg, participants);
        decimal seconds = Phases * spec.DkgPhaseViews * scenario.Sets.Min(set => set.Epoch.TargetViewTime);
        var phases = new SimDuration((long)(seconds * 1_000_000_000m));
        return reading <= phases ? null
            : FormattableString.Invariant($"a key generation takes {GoDuration.Format(phases)} by its target, and ")
            + FormattableString.Invariant($"{participants} participants take up to {GoDuration.Format(reading)} ")
            + "to read each other's vectors: slow ones miss the key";
    }

    /// <summary>How long flow-go's waits may keep a participant from the last vector, were all on the whiteboard at
    /// once (controller.go).</summary>
    private static SimDuration LongestReading(DkgSpec spec, int participants)
    {
        long pairs = (long)participants * participants;
        return new SimDuration((spec.StartDelay.Nanoseconds + spec.FirstVectorDelay.Nanoseconds) * pairs
            + spec.NextVectorDelay.Nanoseconds * Math.Max(participants - 1, 0));
    }
}
