using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>The changes of what is specified.</summary>
/// <remarks>A height beyond the run is no contradiction: it says that a change is still to come, and restarts are told
/// apart by whether they are ahead of it.</remarks>
internal static class SpecifiedCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        if (plan.IsOfOneSeed) return;
        int image = 0;
        (ulong? height, ulong? version) = (null, null);
        for (int i = 0; i < plan.Text.Specified.Count; i++)
        {
            SpecifiedText text = plan.Text.Specified[i];
            SpecifiedChange change = plan.Spec.Specified[i];
            Place at = text.Image.At;
            if (plan.Scenario.Pipeline is null)
                throw at.Error("without a pipeline nothing executes; add a 'pipeline', or remove 'specified'");
            // An image may have another behaviour from a version on, but not from a height on.
            if (change.Image == image && change is SpecifiedChange.FromHeight)
                throw at.Error($"'{text.Image.Text}' is the specified image before this change already; write another");
            image = change.Image;
            if (change is SpecifiedChange.FromHeight from)
            {
                RefuseDisorder(at, "height", from.Height.Value, height);
                height = from.Height.Value;
            }
            else if (change is SpecifiedChange.FromVersion fromVersion)
            {
                RefuseDisorder(at, "version", fromVersion.Version, version);
                RefuseUnasked(plan, at, fromVersion.Version);
                version = fromVersion.Version;
            }
        }
    }

    private static void RefuseDisorder(Place at, string what, ulong number, ulong? before)
    {
        if (before is null || number > before) return;
        throw at.Error(FormattableString.Invariant($"this {what} is not above that of the change before, {before}; ")
            + "list changes in order");
    }

    private static void RefuseUnasked(PlannedUpgrade plan, Place at, ulong version)
    {
        SortedSet<ulong> versions = [];
        if (plan.Scenario.Protocol is { } protocol) versions.Add(protocol.Spec.Version);
        foreach (GovernanceText act in plan.Governance)
        {
            if (act.Call is ContractCall.Emit { Event: ServiceEvent.ProtocolStateVersionUpgrade asked })
                versions.Add(asked.NewVersion);
        }

        if (versions.Count == 0)
            throw at.Error("without a protocol section blocks have no version; write 'from-height'");
        if (version <= versions.Max) return;
        string known = string.Join(", ", versions.Select(one => FormattableString.Invariant($"{one}")));
        throw at.Error(FormattableString.Invariant(
            $"no block ever has version {version}; those that governance asks for and the chain begins with: {known}"));
    }
}
