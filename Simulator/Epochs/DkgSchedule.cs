using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Epochs;

/// <summary>What a key generation does at a finalized block.</summary>
internal enum DkgStep : byte
{
    /// <summary>Read the whiteboard.</summary>
    Poll,
    EndShares,
    EndComplaints,
    End,
}

/// <summary>When the whiteboard is read and phases end, by views (reactor_engine.go, startDKGForEpoch).</summary>
/// <remarks>A step is due at the first finalized block whose view has reached the step's.</remarks>
/// <param name="first">View of the block at which the key generation began; no look in the first phase is due at it or
/// before.</param>
/// <param name="views">Those of the current epoch, not of the one that the key is for.</param>
/// <param name="pollStep">Views between two looks, counted back from the end of a phase.</param>
internal sealed class DkgSchedule(View first, EpochViews views, ulong pollStep)
{
    private readonly View[] ends = [views.Phase1Final, views.Phase2Final, views.Phase3Final];
    private int phase;
    private View looked;

    /// <summary>A block became final.</summary>
    /// <param name="view">Its view; it rises.</param>
    /// <param name="into">Takes the steps that are due, in order.</param>
    public void Reached(View view, ICollection<DkgStep> into)
    {
        for (; phase < ends.Length; phase++)
        {
            View from = View.Max(looked, phase == 0 ? first : ends[phase - 1]);
            if (IsPollWithin(from, view < ends[phase] ? view : ends[phase], ends[phase])) into.Add(DkgStep.Poll);
            if (view < ends[phase]) break;
            into.Add(DkgStep.EndShares + (byte)phase);
        }

        looked = view;
    }

    /// <summary>Whether a look lies after one view and not after another.</summary>
    private bool IsPollWithin(View after, View upTo, View end)
    {
        ulong back = (end.Value - upTo.Value + pollStep - 1) / pollStep * pollStep;
        return back <= end.Value && end.Value - back > after.Value;
    }
}
