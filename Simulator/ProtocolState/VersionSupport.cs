namespace FlowSim.ProtocolState;

/// <summary>Which versions of the protocol state a node's software can handle.</summary>
/// <remarks>Reading a version does not mean behaving as it demands.</remarks>
/// <param name="Oldest">Oldest version that it reads.</param>
/// <param name="NewestRead">Newest version that it reads, and that a chain can start with.</param>
/// <param name="NewestMade">Newest version to which it takes a state one version below.</param>
public readonly record struct VersionSupport(ulong Oldest, ulong NewestRead, ulong NewestMade)
{
    /// <summary>flow-go's: it takes version 2 to 3, but cannot read 3 (kvstore/encoding.go, kvstore/models.go).
    /// </summary>
    public static readonly VersionSupport FlowGo = new(0, 2, 3);

    public bool Reads(ulong version) => version >= Oldest && version <= NewestRead;
}
