using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Upgrades;

namespace FlowSim.Analysis.Divergence;

/// <summary>What is known of a process that starts.</summary>
/// <param name="Before">The image of the process before; null at a first start.</param>
/// <param name="Image">Its image.</param>
/// <param name="Head">The last height that it has finalized: of its disk, or of the snapshot that it got.</param>
/// <param name="Cause">Why the process before ended; null when there was none or nobody said.</param>
/// <param name="IsRestored">Whether a backup was put back meanwhile.</param>
/// <param name="IsBootstrapped">Whether it begins at a snapshot.</param>
/// <param name="IsOfDiverged">Whether its disk is a copy of a node's whose state was wrong then.</param>
public readonly record struct StartFacts(
    int? Before, int Image, Height Head, StopCause? Cause, bool IsRestored, bool IsBootstrapped,
    bool IsOfDiverged = false);

/// <summary>A trigger as the network stands to it.</summary>
/// <param name="Change">The change.</param>
/// <param name="Height">Its first height; null as long as no final block is beyond it and it is not known.</param>
/// <param name="IsPassed">Whether a block beyond it is final anywhere.</param>
/// <param name="AnnouncedAt">The height at which its announcement was sealed; null when none was heard.</param>
public readonly record struct Trigger(SpecifiedChange Change, Height? Height, bool IsPassed, Height? AnnouncedAt);

/// <summary>Tells the class of a start from facts.</summary>
/// <remarks>A copy of a node's disk whose state was right is like a backup: by its head it may lie before a trigger.
/// </remarks>
public static class Rejoins
{
    /// <summary>The class.</summary>
    /// <param name="start">What is known of it.</param>
    /// <param name="triggers">The run's triggers, in order.</param>
    /// <param name="specification">Which image is new for which trigger.</param>
    public static RejoinClass Of(
        in StartFacts start, IReadOnlyList<Trigger> triggers, Specification specification)
    {
        if (start.IsBootstrapped) return OfNewNode(in start, triggers, specification);
        if (start.Before is not { } before) return RejoinClass.First;
        if (start.IsOfDiverged) return RejoinClass.Rj11;
        int crossed = 0;
        Trigger? last = null;
        foreach (Trigger trigger in triggers)
        {
            if (!trigger.IsPassed || start.Head >= trigger.Height) continue;
            crossed++;
            last = trigger;
        }

        if (last is not { } newest) return OfNoAbsence(in start, before, triggers, specification);
        if (!specification.IsNewFor(newest.Change, start.Image)) return RejoinClass.Rj4;
        return start.IsRestored ? RejoinClass.Rj6
            : crossed > 1 ? RejoinClass.Rj12
            : start.Cause == StopCause.Outdated ? RejoinClass.Rj3 : RejoinClass.Rj5;
    }

    private static RejoinClass OfNoAbsence(
        in StartFacts start, int before, IReadOnlyList<Trigger> triggers, Specification specification)
    {
        if (start.Image == before) return RejoinClass.Rj1;
        bool isNewForPassed = false;
        foreach (Trigger trigger in triggers)
        {
            bool isNew = specification.IsNewFor(trigger.Change, start.Image);
            if (!trigger.IsPassed && isNew) return RejoinClass.Rj2;
            isNewForPassed |= trigger.IsPassed && isNew;
        }

        return isNewForPassed && start.Cause == StopCause.Outdated ? RejoinClass.Rj3 : RejoinClass.Other;
    }

    /// <remarks>Only the first trigger beyond the snapshot counts, or the last before it when there is none.</remarks>
    private static RejoinClass OfNewNode(
        in StartFacts start, IReadOnlyList<Trigger> triggers, Specification specification)
    {
        RejoinClass behind = RejoinClass.Other;
        foreach (Trigger trigger in triggers)
        {
            bool isNew = specification.IsNewFor(trigger.Change, start.Image);
            if (trigger.IsPassed && start.Head >= trigger.Height)
                behind = isNew ? RejoinClass.Rj9 : RejoinClass.Rj8;
            else if (isNew) return RejoinClass.Rj10;
            else return start.Head >= trigger.AnnouncedAt ? RejoinClass.Rj7 : behind;
        }

        return behind;
    }
}
