using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>An image as written.</summary>
/// <param name="Image">The image.</param>
/// <param name="Name">Where its name stands.</param>
/// <param name="Behaviours">Its behaviours, in order.</param>
public sealed record ImageText(Image Image, YamlScalar Name, IReadOnlyList<ImageBehaviourText> Behaviours);

/// <summary>A behaviour of an image as written.</summary>
/// <param name="Value">The behaviour.</param>
/// <param name="Name">Its name.</param>
/// <param name="VersionAt">Where its version of the protocol state stands; null without one.</param>
public sealed record ImageBehaviourText(ImageBehaviour Value, YamlScalar Name, Place? VersionAt);

/// <summary>An entry of <c>images</c>: a build of the node software.</summary>
public static class ImageFormat
{
    private const double Billion = 1_000_000_000;
    private const long LastVersion = 1_000_000;

    private static readonly Field<string> Name = new("name", Scalars.Name, "Unique within the upgrade.", true);

    private static readonly Field<SemanticVersion> Version = new("version",
        new MappedShape<string, SemanticVersion>(Scalars.Text, (text, node) => SemanticVersion.Parse(text)
            ?? throw node.At.Error($"'{text}' is not a version such as 0.42.1 or 0.42.1-rc.3")),
        "What the image was built as. It need not say what the image does.", true);

    private static readonly Field<VersionSupport> Protocol = new("protocol-versions",
        new MappedShape<IReadOnlyList<long>, VersionSupport>(
            new ListShape<long>("a pair [oldest, newest]", Scalars.Whole(0, LastVersion), 2, 2), Support),
        "Versions of the protocol state that it can handle. Default flow-go's, [0, 2], which makes 3.");

    private static readonly Field<string> BehaviourName = new("name", Scalars.Name,
        "Images with behaviours of one name differ from the specified one on the same chunks.", true);

    private static readonly Field<double> Sensitivity = new("sensitivity", Scalars.Real(0, 1),
        "Chance that a chunk comes out otherwise; 0 never, 1 always.", true);

    private static readonly Field<long> ForVersion = new("protocol-version", Scalars.Whole(0, LastVersion),
        "For blocks of this version of the protocol state only. Default for all.");

    private static readonly Field<IReadOnlyList<ImageBehaviourText>> Behaviours = new("behaviours",
        new ListShape<ImageBehaviourText>("a list of behaviours", new Section<ImageBehaviourText>(
            "a behaviour of an image", [BehaviourName, Sensitivity, ForVersion], Behaviour), 1, 100),
        "How it executes and verifies; the first entry that fits counts, and none is as specified.");

    private static readonly Field<long> Schema = new("schema", Scalars.Whole(0, LastVersion),
        "Layout of its database; an image does not start on a newer one than its own. Default 0.");

    public static readonly Section<ImageText> Section = new("an image",
        [Name, Version, Protocol, Behaviours, Schema], Build);

    private static ImageText Build(Values at)
    {
        VersionSupport support = at.Or(Protocol, VersionSupport.FlowGo);
        IReadOnlyList<ImageBehaviourText> behaviours = at.Or(Behaviours, []);
        for (int i = 0; i < behaviours.Count; i++) RefuseUnused(i, behaviours, support);
        return new ImageText(new Image(at.Get(Name), at.Get(Version), support,
            [.. behaviours.Select(entry => entry.Value)], (int)at.Or(Schema, 0)), (YamlScalar)at.Node(Name)!,
            behaviours);
    }

    /// <summary>An entry that no block can ever meet is a slip of the pen.</summary>
    private static void RefuseUnused(int entry, IReadOnlyList<ImageBehaviourText> all, VersionSupport support)
    {
        ImageBehaviourText text = all[entry];
        if (text.Value.ProtocolVersion is { } version && !support.Reads(version))
            throw text.VersionAt!.Value.Error(FormattableString.Invariant(
                $"the image does not handle version {version} of the protocol state and ends at such a block; ")
                + FormattableString.Invariant($"allowed: {support.Oldest} to {support.NewestRead} (see ")
                + "protocol-versions)");
        for (int i = 0; i < entry; i++)
        {
            if (all[i].Value.ProtocolVersion is { } other && other != text.Value.ProtocolVersion) continue;
            throw text.Name.At.Error("this behaviour never counts: the first entry that fits does, and that of line "
                + FormattableString.Invariant($"{all[i].Name.At.Line} fits wherever it would; reorder or remove one"));
        }
    }

    private static VersionSupport Support(IReadOnlyList<long> range, YamlNode node) => range[0] <= range[1]
        ? new VersionSupport((ulong)range[0], (ulong)range[1], (ulong)range[1])
        : throw node.At.Error("the range is reversed; write [oldest, newest]");

    private static ImageBehaviourText Behaviour(Values at) => new(
        new ImageBehaviour(at.Has(ForVersion) ? (ulong)at.Get(ForVersion) : null,
            new Behaviour(Mix64.OfText(at.Get(BehaviourName)), (long)Math.Round(at.Get(Sensitivity) * Billion))),
        (YamlScalar)at.Node(BehaviourName)!, at.Node(ForVersion)?.At);
}
