using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>D5: on the finalized chain, the next epoch is set up, committed and rid of ejected nodes exactly in the
/// block that seals the result with the event.</summary>
/// <remarks>An event of an epoch without effect is a fault, so the chain is in fallback mode then.</remarks>
public sealed class EventsCountWhenSealed(Cast cast) : FinalizedStates("D5", cast)
{
    protected override void Judge(in TraceEvent entry, in StateStep step)
    {
        if (step.IsChange) JudgeChanges(entry, step);
        foreach (ServiceEvent known in step.Sealed()) JudgeEffect(entry, step, known);
    }

    private void JudgeChanges(in TraceEvent entry, in StateStep step)
    {
        EpochEntry? before = step.IsSwitchover ? null : step.Before.Epochs.Next;
        if (step.After.Epochs.Next is { } next)
        {
            if (next.Setup.Key != before?.Setup.Key && !SealsSetup(step, next.Setup.Key))
                throw Broken(entry, step.View, $"epoch {next.Counter} is set up", "the block seals no such event");
            if (next.Commit is { } commit && before?.Commit?.Key != commit.Key && !SealsCommit(step, commit.Key))
                throw Broken(entry, step.View, $"epoch {next.Counter} is committed", "the block seals no such event");
        }

        if (step.IsSwitchover) return;
        foreach (NodeId node in step.After.Epochs.Current.Ejected)
        {
            if (!step.Before.IsEjected(node) && !SealsEjection(step, node))
                throw Broken(entry, step.View, $"{Cast.NameOf(node)} is ejected", "the block seals no such event");
        }
    }

    private void JudgeEffect(in TraceEvent entry, in StateStep step, ServiceEvent known)
    {
        EpochState after = step.After.Epochs;
        switch (known)
        {
            case ServiceEvent.EjectNode { Id: var node }
                when after.Current.HasMember(node) && !after.Current.HasEjected(node)
                    || after.Next?.HasMember(node) == true && !after.Next.HasEjected(node):
                throw Broken(entry, step.View, $"the block seals that {Cast.NameOf(node)} is ejected",
                    "it is a member still");
            case ServiceEvent.EpochSetup setup when !after.IsFallback && after.Next?.Setup.Key != setup.Key
                && !HasRecovered(step):
                throw Broken(entry, step.View, $"the block seals that epoch {setup.Counter} is set up",
                    "it is not, and fallback mode is off");
            case ServiceEvent.EpochCommit commit when !after.IsFallback && after.Next?.Commit?.Key != commit.Key
                && !HasRecovered(step):
                throw Broken(entry, step.View, $"the block seals that epoch {commit.Counter} is committed",
                    "it is not, and fallback mode is off");
        }
    }

    private static bool HasRecovered(in StateStep step)
    {
        foreach (ServiceEvent known in step.Sealed())
            if (known is ServiceEvent.EpochRecover { Setup.Key: var key } && step.After.Epochs.Next?.Setup.Key == key)
                return true;
        return false;
    }

    private static bool SealsSetup(in StateStep step, ulong key)
    {
        foreach (ServiceEvent known in step.Sealed())
        {
            if (known is ServiceEvent.EpochSetup && known.Key == key) return true;
            if (known is ServiceEvent.EpochRecover { Setup: var setup } && setup.Key == key) return true;
        }

        return false;
    }

    private static bool SealsCommit(in StateStep step, ulong key)
    {
        foreach (ServiceEvent known in step.Sealed())
        {
            if (known is ServiceEvent.EpochCommit && known.Key == key) return true;
            if (known is ServiceEvent.EpochRecover { Commit: var commit } && commit.Key == key) return true;
        }

        return false;
    }

    private static bool SealsEjection(in StateStep step, NodeId node)
    {
        foreach (ServiceEvent known in step.Sealed())
            if (known is ServiceEvent.EjectNode { Id: var id } && id == node) return true;
        return false;
    }
}
