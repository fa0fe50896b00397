using FlowSim.Chain;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>A change of the specified behaviour as written, before images are known by number.</summary>
/// <param name="Image">The image.</param>
/// <param name="Height">The first height; null when a version is meant.</param>
/// <param name="Version">The first version of the protocol state.</param>
public sealed record SpecifiedText(YamlScalar Image, Height? Height, ulong Version)
{
    public SpecifiedChange Of(int image) => Height is { } height
        ? new SpecifiedChange.FromHeight(height, image)
        : new SpecifiedChange.FromVersion(Version, image);
}

/// <summary>An entry of <c>specified</c>: from where on an image executes as everybody should.</summary>
public static class SpecifiedFormat
{
    private const long Last = 1_000_000_000_000;

    private static readonly Field<YamlScalar> Image = new("image", ImageName.Shape, "Which image.", true);

    private static readonly Field<long> FromHeight = new("from-height", Scalars.Whole(0, Last),
        "From this height on.");

    private static readonly Field<long> FromVersion = new("from-protocol-version", Scalars.Whole(0, 1_000_000),
        "For blocks of this version of the protocol state and newer ones.");

    private static readonly Section<SpecifiedText> Section = new("a specified change",
        [Image, FromHeight, FromVersion], Build);

    public static readonly ListShape<SpecifiedText> Shape =
        new("a list of at least one change", Section, 1, 100);

    private static SpecifiedText Build(Values at) => at.Has(FromHeight) == at.Has(FromVersion)
        ? throw at.At.Error("write either 'from-height' or 'from-protocol-version'")
        : new SpecifiedText(at.Get(Image), at.Has(FromHeight) ? new Height((ulong)at.Get(FromHeight)) : null,
            (ulong)at.Or(FromVersion, 0));
}
