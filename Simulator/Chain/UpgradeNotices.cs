using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>Why a process is down.</summary>
public enum StopCause : byte
{
    /// <summary>Trouble from outside, as the run's faults say.</summary>
    Fault,

    /// <summary>Its operator stopped it.</summary>
    Plan,

    /// <summary>It died by accident.</summary>
    Crash,

    /// <summary>It ended itself over something that it cannot go on with.</summary>
    Failure,

    /// <summary>It ended itself because its software is not the one for what comes.</summary>
    Outdated,
}

/// <content>What the world states about images and processes; only in worlds with upgrades.</content>
public abstract partial record Notice
{
    /// <summary>The process that has just started runs an image, from a disk of some height.</summary>
    /// <param name="Image">Its number in the run.</param>
    /// <param name="Head">The last height that the node has finalized; 0 when it has yet to get a snapshot.</param>
    public sealed record Runs(int Image, Height Head) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(60, (ulong)Image, Head.Value, 0);
    }

    /// <summary>An image is on the node's disk: its next process runs it.</summary>
    /// <param name="Image">Its number in the run.</param>
    public sealed record Installed(int Image) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(61, (ulong)Image, 0, 0);
    }

    /// <summary>Why the process is about to be down.</summary>
    public sealed record Ending(StopCause Cause) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(62, (ulong)Cause, 0, 0);
    }

    /// <summary>The disk of an earlier time, or of another node, takes the place of the node's.</summary>
    /// <param name="Head">The last height that is final by that disk.</param>
    /// <param name="Lost">The last height that it had finalized before it was put back.</param>
    public sealed record Restored(Height Head, Height Lost) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(63, Head.Value, Lost.Value, 0);
    }

    /// <summary>The disk that was put back is a copy of another node's.</summary>
    /// <param name="From">Whose.</param>
    public sealed record Cloned(NodeId From) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(72, (ulong)From.Index, 0, 0);
    }

    /// <summary>An image does not start, as the disk has a newer layout than it knows.</summary>
    /// <param name="Image">Its number in the run.</param>
    public sealed record RefusedToStart(int Image) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(64, (ulong)Image, 0, 0);
    }

    /// <summary>The process ends at the boundary that a version beacon announced: its software is too old for what
    /// comes.</summary>
    /// <param name="Boundary">The first height that it leaves to others.</param>
    public sealed record StoppedAtBoundary(Height Boundary) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(70, Boundary.Value, 0, 0);
    }

    /// <summary>The process ends as its software cannot tell the protocol state of a block.</summary>
    /// <param name="View">The block's view.</param>
    /// <param name="Version">The version that the block's state must have.</param>
    public sealed record UnsupportedVersion(View View, ulong Version) : Notice
    {
        public override void Into(TraceDigest digest) => digest.Add(71, View.Value, Version, 0);
    }

    /// <summary>A spork: everybody is down, and will begin anew from a root. Stated at the node whose chain it goes on
    /// from.</summary>
    /// <param name="Root">The new root, final at all. Its last seal is of the last block that was executed before.
    /// </param>
    public sealed record Sporked(Block Root) : Notice
    {
        /// <summary>The lowest height that is executed after the spork.</summary>
        public Height FirstExecuted => ((Payload.Main)Root.Payload!).LastSeal.Height.Next;

        public override void Into(TraceDigest digest) =>
            digest.Add(66, Root.Id.Value, Root.Height.Value, Root.View.Value);
    }

    /// <summary>A wave of a rollout is over. Stated at one of its nodes.</summary>
    /// <param name="Rollout">Its number in the run.</param>
    /// <param name="Wave">Its number in the rollout.</param>
    /// <param name="GoesOn">Whether the next one may begin.</param>
    public sealed record WaveReviewed(int Rollout, int Wave, bool GoesOn) : Notice
    {
        public override void Into(TraceDigest digest) =>
            digest.Add(65, (ulong)Rollout, (ulong)Wave, GoesOn ? 1UL : 0);
    }
}
