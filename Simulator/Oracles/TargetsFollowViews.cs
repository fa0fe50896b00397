using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;

namespace FlowSim.Oracles;

/// <summary>D6: on the finalized chain, an epoch's planned length and end grow with an extension by the added views at
/// the epoch's planned view time, and the next epoch is planned to last from the end of the one before.</summary>
/// <remarks>
/// flow-go adds in floating point and cuts to whole seconds, so the sum may lie one below the exact quotient
/// (state/protocol/inmem/epoch.go; mutator_test.go).
/// </remarks>
public sealed class TargetsFollowViews(Cast cast) : FinalizedStates("D6", cast)
{
    protected override void Judge(in TraceEvent entry, in StateStep step)
    {
        if (!step.IsChange) return;
        EpochEntry current = step.After.Epochs.Current;
        EpochTiming timing = current.Timing;
        ServiceEvent.EpochSetup setup = current.Setup;
        ulong planned = setup.Views.FinalView.Value - setup.Views.FirstView.Value + 1;
        ulong added = current.FinalView.Value - setup.Views.FinalView.Value;
        ulong exact = added * setup.TargetDurationSeconds / planned;
        JudgeGrowth(entry, step, "end", timing.TargetEndTimeSeconds - setup.TargetEndTimeSeconds, exact);
        JudgeGrowth(entry, step, "length", timing.TargetDurationSeconds - setup.TargetDurationSeconds, exact);
        if (step.After.Epochs.Next is { Commit: not null, Setup: var next }
            && next.TargetEndTimeSeconds != timing.TargetEndTimeSeconds + next.TargetDurationSeconds)
            throw Broken(entry, step.View, $"epoch {next.Counter} is to end at {next.TargetEndTimeSeconds} s",
                $"it lasts {next.TargetDurationSeconds} s, and the one before ends at {timing.TargetEndTimeSeconds} s");
    }

    private void JudgeGrowth(in TraceEvent entry, in StateStep step, string what, ulong grown, ulong exact)
    {
        if (grown != exact && grown + 1 != exact)
            throw Broken(entry, step.View, $"the planned {what} of epoch {step.After.EpochCounter} is {grown} s later",
                $"its added views take {exact} s");
    }
}
