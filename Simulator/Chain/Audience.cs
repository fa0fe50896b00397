namespace FlowSim.Chain;

/// <summary>A set of nodes that messages are addressed to, by its number.</summary>
/// <param name="Index">0 for everybody, then one per role, then one per cluster.</param>
public readonly record struct Audience(int Index)
{
    public static readonly Audience Everyone;

    /// <summary>Audiences before those of clusters.</summary>
    public const int Fixed = 6;

    public static Audience Of(Role role) => new((int)role);

    public static Audience Of(ClusterId cluster) => new(Fixed + cluster.Index);
}
