using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>Where the time of a certified view went: what the controller chose, what the protocol took.</summary>
/// <remarks>It is counted from the leader's entry to the QC, which is the next leader's entry.</remarks>
public static class BudgetText
{
    /// <summary>The sentence; null if the view has no QC.</summary>
    public static string? Of(ViewFacts facts)
    {
        if (facts.Qc is not { } qc || facts.Published is not { } published || facts.Leader < 0) return null;
        if (facts[facts.Leader].Entered is not { } entered) return null;
        SimDuration waiting = published.At - published.Ready;
        SimDuration whole = qc.At - entered;
        return $"From the leader's entry to the QC it takes {TimeText.Length(whole)}: "
            + $"{TimeText.Length(published.Ready - entered)} to build, "
            + $"{TimeText.Length(waiting)} of delay chosen by the controller, "
            + $"{TimeText.Length(qc.At - published.At)} to spread the proposal and collect votes "
            + $"(protocol runtime {TimeText.Length(whole - waiting)}).";
    }
}
