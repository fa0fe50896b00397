using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>L3: a timeout lies within the configured limits and is the one due after so many failed rounds.</summary>
/// <remarks>
/// Rounds are counted here from the notices: a TC adds one up to saturation, a QC takes one off, a restart forgets all.
/// The rule from rounds to time is the pacemaker's own, which answers as flow-go does in the recorded answers.
/// </remarks>
public sealed class TimeoutsFollowFailures : Oracle
{
    private readonly TimeoutController[] expected;
    private readonly SimDuration shortest;

    public TimeoutsFollowFailures(Cast cast)
        : base("L3", cast)
    {
        expected = new TimeoutController[cast.Nodes];
        for (int node = 0; node < cast.Nodes; node++) expected[node] = new TimeoutController(cast.Spec.Pacemaker);
        shortest = expected[0].Timeout;
    }

    public override IReadOnlyList<Type> Hears { get; } = [typeof(Notice.EnteredView), typeof(Notice.Started)];

    public override void On(in TraceEvent entry)
    {
        ref TimeoutController rounds = ref expected[entry.Node.Index];
        if (entry.Notice is not Notice.EnteredView entered)
        {
            rounds = new TimeoutController(Cast.Spec.Pacemaker);
            return;
        }

        if (entered.ByTc) rounds.OnTimeout();
        else rounds.OnProgress();
        if (entered.Timeout < shortest || entered.Timeout > Cast.Spec.Pacemaker.MaxTimeout)
            throw Broken(entry, entered.View, $"waits {entered.Timeout.Nanoseconds} ns",
                $"the limits are {shortest.Nanoseconds} and {Cast.Spec.Pacemaker.MaxTimeout.Nanoseconds} ns");
        if (rounds.Failures > 0 && entered.Timeout != rounds.Timeout
            || rounds.Failures == 0 && entered.Timeout != shortest)
            throw Broken(entry, entered.View, $"waits {entered.Timeout.Nanoseconds} ns",
                $"after {rounds.Failures} failed rounds {rounds.Timeout.Nanoseconds} ns are due");
    }
}
