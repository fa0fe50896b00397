namespace FlowSim.Analysis.Divergence;

/// <summary>In which situation a process starts; the trigger is where the specified behaviour changes.</summary>
public enum RejoinClass : byte
{
    /// <summary>A first start at the root of the chain: no rejoin.</summary>
    First,

    /// <summary>Restart with the same image, no trigger passed meanwhile.</summary>
    Rj1,

    /// <summary>Restart with the new image before the trigger.</summary>
    Rj2,

    /// <summary>Restart with the new image after the process stopped by itself at the trigger.</summary>
    Rj3,

    /// <summary>Away across the trigger, back with the old image.</summary>
    Rj4,

    /// <summary>Away across the trigger, back with the new image.</summary>
    Rj5,

    /// <summary>A backup from before the trigger put back, with the new image.</summary>
    Rj6,

    /// <summary>New node with a snapshot from after the announcement and before the trigger, old image.</summary>
    Rj7,

    /// <summary>New node with a snapshot from after the trigger, or at a spork's root, old image.</summary>
    Rj8,

    /// <summary>New node with a snapshot from after the trigger, or at a spork's root, new image.</summary>
    Rj9,

    /// <summary>New node with a snapshot from before the trigger, new image.</summary>
    Rj10,

    /// <summary>A database cloned from a node that had diverged, with whatever image.</summary>
    Rj11,

    /// <summary>Away across two triggers or more, back with the newest image.</summary>
    Rj12,

    /// <summary>None of these: another image where no trigger is ahead or behind, a new node before any announcement
    /// with the old image.</summary>
    Other,
}
