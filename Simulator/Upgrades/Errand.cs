namespace FlowSim.Upgrades;

/// <summary>What operators have to do at a time to come.</summary>
/// <param name="Node">At which node.</param>
public abstract record Errand(int Node)
{
    /// <summary>Look whether a wave went well, and begin the next.</summary>
    public sealed record Review(int Node, int Rollout, int Wave) : Errand(Node);

    /// <summary>Put an image onto the disk.</summary>
    /// <param name="Node">At which node.</param>
    /// <param name="Image">The image.</param>
    /// <param name="Rollout">The rollout that it belongs to; none is -1.</param>
    public sealed record Stage(int Node, int Image, int Rollout = -1) : Errand(Node);

    /// <summary>Stop, change the image, and start after some time.</summary>
    /// <param name="Node">At which node.</param>
    /// <param name="Image">The image.</param>
    /// <param name="Downtime">Until the start.</param>
    /// <param name="Rollout">The rollout that it belongs to; none is -1.</param>
    public sealed record Swap(int Node, int Image, Kernel.SimDuration Downtime, int Rollout = -1) : Errand(Node);

    /// <summary>Start, unless something else was done to the node since.</summary>
    /// <param name="Node">At which node.</param>
    /// <param name="Fate">What the node's fate was then.</param>
    /// <param name="Release">What to put onto the disk before; null to leave it.</param>
    public sealed record Start(int Node, int Fate, Release? Release = null) : Errand(Node);

    /// <summary>An accident.</summary>
    /// <param name="Node">At which node.</param>
    /// <param name="Count">Which one of the node's own; those that an act makes have none.</param>
    public sealed record Accident(int Node, ulong? Count) : Errand(Node);

    /// <summary>Stop everybody, and let them begin anew. Reminded of it is one node for all.</summary>
    public sealed record Spork(int Node, SporkPlan Plan) : Errand(Node);

    /// <summary>Copy the disk.</summary>
    public sealed record BackUp(int Node) : Errand(Node);

    /// <summary>Stop, put the copy back, and start after some time.</summary>
    public sealed record Restore(int Node, int? Image) : Errand(Node);

    /// <summary>Stop, copy another node's disk, and start after some time.</summary>
    public sealed record CopyDisk(int Node, int From, int? Image) : Errand(Node);
}

/// <summary>What operators do to a node now.</summary>
public enum Handling : byte
{
    Stop,
    Start,
    Install,
    BackUp,
    Restore,
    CopyDisk,

    /// <summary>All nodes get one root in place of what they have. All are down; named is one for all.</summary>
    BeginAnew,
}
