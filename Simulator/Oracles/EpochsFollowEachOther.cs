using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>D2: on the finalized chain, epochs' views neither overlap nor leave gaps, an epoch ends only into a
/// committed one, and fallback mode extends it in the first block that has come near enough to its end.</summary>
/// <remarks>
/// Near enough is within the safety threshold. Views without a block may lie between that block and its parent, so the
/// decision may come later than the threshold by the gap between them.
/// </remarks>
public sealed class EpochsFollowEachOther(Cast cast) : FinalizedStates("D2", cast)
{
    private View knownSince = cast.Root.View;

    protected override void Judge(in TraceEvent entry, in StateStep step)
    {
        EpochEntry before = step.Before.Epochs.Current;
        EpochEntry after = step.After.Epochs.Current;
        if (step.IsSwitchover) JudgeSwitchover(entry, step, before, after);
        else if (after.FinalView != before.FinalView) JudgeExtension(entry, step, before, after);
        if (step.After.Epochs.Next is { Commit: not null } next && !next.FirstView.Follows(after.FinalView))
            throw Broken(entry, step.View, $"epoch {next.Counter} is to begin with view {next.FirstView}",
                $"epoch {after.Counter} ends with view {after.FinalView}");
        if (after.FinalView != before.FinalView) knownSince = step.View;
    }

    private void JudgeSwitchover(in TraceEvent entry, in StateStep step, EpochEntry before, EpochEntry after)
    {
        if (!after.FirstView.Follows(before.FinalView) || after.Counter != before.Counter + 1)
            throw Broken(entry, step.View, $"epoch {after.Counter} begins with view {after.FirstView}",
                $"epoch {before.Counter} ends with view {before.FinalView}");
        if (step.Before.Epochs.Next?.Commit is null)
            throw Broken(entry, step.View, $"epoch {after.Counter} begins", "it was not committed before");
        if (step.View <= before.FinalView)
            throw Broken(entry, step.View, $"epoch {after.Counter} begins",
                $"epoch {before.Counter} goes on to view {before.FinalView}");
    }

    private void JudgeExtension(in TraceEvent entry, in StateStep step, EpochEntry before, EpochEntry after)
    {
        ulong threshold = step.Before.FinalizationSafetyThreshold;
        ulong final = before.FinalView.Value;
        string what = $"epoch {before.Counter} is extended from view {final} to {after.FinalView}";
        if (after.FinalView.Value != final + step.Before.EpochExtensionViewCount)
            throw Broken(entry, step.View, what, $"by {step.Before.EpochExtensionViewCount} views it should be");
        if (step.View.Value + threshold < final)
            throw Broken(entry, step.View, what, $"its end is more than {threshold} views away");
        if (step.Before.Epochs.Next?.Commit is not null)
            throw Broken(entry, step.View, what, "the next epoch is committed");
        View parent = step.Parent.View;
        if (parent > knownSince && parent.Value + threshold >= final)
            throw Broken(entry, step.View, what, $"its parent of view {parent} was near enough to the end");
    }
}
