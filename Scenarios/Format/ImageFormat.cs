using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

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

    private static readonly Field<IReadOnlyList<ImageBehaviour>> Behaviours = new("behaviours",
        new ListShape<ImageBehaviour>("a list of behaviours", new Section<ImageBehaviour>("a behaviour of an image",
            [BehaviourName, Sensitivity, ForVersion], Behaviour), 1, 100),
        "How it executes and verifies; the first entry that fits counts, and none is as specified.");

    private static readonly Field<long> Schema = new("schema", Scalars.Whole(0, LastVersion),
        "Layout of its database; an image does not start on a newer one than its own. Default 0.");

    /// <summary>An image, and where its name stands.</summary>
    public static readonly Section<(Image Image, YamlScalar Name)> Section = new("an image",
        [Name, Version, Protocol, Behaviours, Schema], at => (new Image(at.Get(Name), at.Get(Version),
            at.Or(Protocol, VersionSupport.FlowGo), at.Or(Behaviours, []), (int)at.Or(Schema, 0)),
            (YamlScalar)at.Node(Name)!));

    private static VersionSupport Support(IReadOnlyList<long> range, YamlNode node) => range[0] <= range[1]
        ? new VersionSupport((ulong)range[0], (ulong)range[1], (ulong)range[1])
        : throw node.At.Error("the range is reversed; write [oldest, newest]");

    private static ImageBehaviour Behaviour(Values at) => new(
        at.Has(ForVersion) ? (ulong)at.Get(ForVersion) : null,
        new Behaviour(Mix64.OfText(at.Get(BehaviourName)), (long)Math.Round(at.Get(Sensitivity) * Billion)));
}
