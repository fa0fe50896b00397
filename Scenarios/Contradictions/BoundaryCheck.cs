using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>Version boundaries beside the images that they are about.</summary>
internal static class BoundaryCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        if (plan.IsOfOneSeed || plan.Scenario.Protocol is not { } protocol) return;
        SortedList<ulong, SemanticVersion> standing = [];
        HashSet<ulong> known = [];
        ulong freeze = protocol.Spec.FreezePeriod;
        for (int i = 0; i < plan.Governance.Count; i++)
        {
            Place at = plan.Governance[i].Written.At;
            switch (plan.Governance[i].Call)
            {
                case ContractCall.SetFreezePeriod set:
                    freeze = set.Blocks;
                    break;
                case ContractCall.SetBoundary { Boundary: var boundary }:
                    SemanticVersion version = SemanticVersion.Parse(boundary.Version)!;
                    RefuseForImages(plan, at, version, IsTakenBack(plan, i, boundary.Height.Value));
                    plan.Reach.Refuse(at, "boundary's height", boundary.Height.Value);
                    RefuseTooSoon(plan, at, boundary.Height.Value, freeze);
                    known.Add(boundary.Height.Value);
                    standing[boundary.Height.Value] = version;
                    RefuseDisorder(plan, at, standing);
                    break;
                case ContractCall.DeleteBoundary { Height.Value: var height }:
                    if (known.Add(height))
                        throw at.Error(FormattableString.Invariant(
                            $"no earlier act sets a boundary at height {height}; there is nothing to delete"));
                    standing.Remove(height);
                    break;
            }
        }
    }

    private static void RefuseForImages(PlannedUpgrade plan, Place at, SemanticVersion version, bool isTakenBack)
    {
        if (!plan.HasStops)
            throw at.Error($"under '{plan.Spec.Strategy.Name}' nobody stops at a boundary; write the strategy 'hcu', "
                + "or remove this act");
        if (plan.Spec.Images.All(image => image.Version?.CompareTo(version) >= 0))
            throw at.Error($"no image is older than {version}, so this stops nobody; write a newer version, or an "
                + "image that is older");
        if (!isTakenBack && plan.Spec.Images.All(image => image.Version?.CompareTo(version) < 0))
            throw at.Error($"no image has version {version} or a newer one, so execution ends at this height for good; "
                + $"the newest is {plan.Spec.Images.Select(image => image.Version).Max()}");
    }

    /// <summary>What governance moves or deletes later may say what it likes until then.</summary>
    private static bool IsTakenBack(PlannedUpgrade plan, int act, ulong height) => plan.Governance.Skip(act + 1)
        .Any(later => later.Call switch
        {
            ContractCall.DeleteBoundary deleted => deleted.Height.Value == height,
            ContractCall.SetBoundary set => set.Boundary.Height.Value == height,
            _ => false,
        });

    /// <summary>A boundary must be further ahead than the freeze period, from height 0 or above.</summary>
    private static void RefuseTooSoon(PlannedUpgrade plan, Place at, ulong height, ulong freeze)
    {
        if (height > freeze || plan.Text.Specified.Count > 0) return;
        throw at.Error(FormattableString.Invariant(
            $"the contract refuses a boundary within its freeze period of {freeze} blocks; write a greater height, ")
            + "an earlier 'freeze-period' act, or, if that is the point, 'specified'");
    }

    private static void RefuseDisorder(PlannedUpgrade plan, Place at, SortedList<ulong, SemanticVersion> standing)
    {
        for (int i = 1; i < standing.Count; i++)
        {
            if (standing.Values[i].CompareTo(standing.Values[i - 1]) >= 0 || plan.Text.Specified.Count > 0) continue;
            throw at.Error(FormattableString.Invariant(
                $"{standing.Values[i]} from height {standing.Keys[i]} on is older than {standing.Values[i - 1]} ")
                + FormattableString.Invariant($"from {standing.Keys[i - 1]} on, and nodes drop such a beacon; write ")
                + "rising versions, or, if that is the point, 'specified'");
        }
    }
}
