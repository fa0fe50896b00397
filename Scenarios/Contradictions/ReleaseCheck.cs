using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Contradictions;

/// <summary>When images come out.</summary>
internal static class ReleaseCheck
{
    public static void Refuse(PlannedUpgrade plan)
    {
        if (plan.IsOfOneSeed) return;
        for (int i = 0; i < plan.Text.Releases.Count; i++)
        {
            ReleaseText entry = plan.Text.Releases[i];
            Place at = entry.Image.At;
            if (i > 0 && entry.At < plan.Text.Releases[i - 1].At)
                throw at.Error("this release is earlier than the one before; list them in order");
            if (i > 0 && plan.Spec.Releases[i].Image == plan.Spec.Releases[i - 1].Image)
                throw at.Error($"'{entry.Image.Text}' is the newest release already; remove one of the two");
            plan.Reach.Refuse(entry.AtAt, entry.At);
            if (plan.OutdatedFrom is null)
                throw at.Error("releases are for nodes that say that they are too old, and none ever does here: that "
                    + "takes a version-boundary with the strategy 'hcu', or a protocol-version");
        }
    }
}
