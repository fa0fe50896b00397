using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>D4: on the finalized chain, fallback mode begins for a reason and ends by a recovery only, and a committed
/// next epoch comes.</summary>
/// <remarks>
/// A reason is the end of the epoch within the safety threshold without a committed next one, or an event of an epoch
/// that was sealed. Ejections may change the members of a committed epoch, but not what set it up.
/// </remarks>
public sealed class FallbackEndsByRecovery(Cast cast) : FinalizedStates("D4", cast)
{
    protected override void Judge(in TraceEvent entry, in StateStep step)
    {
        if (!step.IsChange) return;
        (EpochState before, EpochState after) = (step.Before.Epochs, step.After.Epochs);
        if (before.IsFallback && !after.IsFallback && !SealsRecovery(step))
            throw Broken(entry, step.View, "fallback mode ends", "the block seals no recovery of the next epoch");
        if (!before.IsFallback && after.IsFallback && !HasReason(step))
            throw Broken(entry, step.View, "fallback mode begins",
                $"epoch {before.Current.Counter} goes on to view {before.Current.FinalView}, and no event is wrong");
        if (before.Next is not { Commit: not null } committed) return;
        EpochEntry? kept = step.IsSwitchover ? after.Current : after.Next;
        if (kept?.Setup.Key != committed.Setup.Key || kept.Commit?.Key != committed.Commit.Key)
            throw Broken(entry, step.View, $"epoch {committed.Counter} is given up or another", "it was committed");
    }

    private static bool SealsRecovery(in StateStep step)
    {
        foreach (ServiceEvent known in step.Sealed())
            if (known is ServiceEvent.EpochRecover recover && step.After.Epochs.Next?.Setup.Key == recover.Setup.Key)
                return true;
        return false;
    }

    private static bool HasReason(in StateStep step)
    {
        EpochState before = step.Before.Epochs;
        if (before.Next?.Commit is null && step.View.Value + step.Before.FinalizationSafetyThreshold
            >= before.Current.FinalView.Value) return true;
        foreach (ServiceEvent known in step.Sealed())
        {
            if (known is ServiceEvent.EpochSetup or ServiceEvent.EpochCommit or ServiceEvent.EpochRecover)
                return true;
        }

        return false;
    }
}
