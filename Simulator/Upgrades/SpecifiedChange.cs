using FlowSim.Chain;

namespace FlowSim.Upgrades;

/// <summary>From where on another image executes as everybody should.</summary>
/// <remarks>Only recorders read it. No node knows it, and nothing that a node does may depend on it.</remarks>
/// <param name="Image">The number of the image whose behaviour is the specified one from there on.</param>
public abstract record SpecifiedChange(int Image)
{
    /// <summary>From a height on: what a version boundary means.</summary>
    /// <param name="Height">The first height.</param>
    public sealed record FromHeight(Height Height, int Image) : SpecifiedChange(Image);

    /// <summary>For what is executed after a spork: a height that only the spork tells.</summary>
    public sealed record FromRoot(int Image) : SpecifiedChange(Image);

    /// <summary>For blocks of a version of the protocol state and newer ones.</summary>
    /// <param name="Version">The first version.</param>
    public sealed record FromVersion(ulong Version, int Image) : SpecifiedChange(Image);
}
