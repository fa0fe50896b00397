using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using FlowSim.Upgrades;

namespace FlowSim.Analysis.Divergence;

/// <summary>By which behaviour each block should be executed: the recorder's measure, unknown to any node.</summary>
/// <remarks>
/// Written in the run's upgrade, or else taken from a spork's strategy, which itself tells the height, or from what
/// governance asks: the image of a version boundary's version, or the first that reads a protocol version. A request
/// that the contracts refuse counts as if it were granted; write the change where that is not meant. Without any of
/// these one behaviour, <see cref="Behaviour.Specified"/>, applies throughout.
/// </remarks>
public sealed class Specification
{
    private readonly IReadOnlyList<Image> images;
    private Height? root;

    private Specification(IReadOnlyList<Image> images, IReadOnlyList<SpecifiedChange> changes) =>
        (this.images, Changes) = (images, changes);

    /// <summary>Where the behaviour changes, in order.</summary>
    public IReadOnlyList<SpecifiedChange> Changes { get; }

    /// <summary>What a run's upgrade is meant to be.</summary>
    public static Specification Of(RunSpec run)
    {
        if (run.Upgrade is not { } upgrade) return new Specification([], []);
        return new Specification(upgrade.Images,
            upgrade.Specified.Count > 0 ? upgrade.Specified : Governed(upgrade.Images, upgrade.Strategy, run.Protocol));
    }

    /// <summary>The behaviour that a block should be executed by.</summary>
    /// <param name="height">The block's height.</param>
    /// <param name="state">The protocol state that it commits to; null in worlds without one.</param>
    public Behaviour Of(Height height, CommittedState? state)
    {
        if (Changes.Count == 0) return Behaviour.Specified;
        ulong version = VersionOf(state);
        int image = 0;
        foreach (SpecifiedChange change in Changes)
        {
            if (Applies(change, height, version)) image = change.Image;
        }

        return images[image].BehaviourFor(version);
    }

    /// <summary>Whether an image is meant for what comes after a change: the change's own or a newer version.</summary>
    public bool IsNewFor(SpecifiedChange change, int image) => image == change.Image
        || (images[image].Version is { } own && images[change.Image].Version is { } due && own.CompareTo(due) >= 0);

    /// <summary>The version of a block's protocol state; 0 in worlds without one.</summary>
    public static ulong VersionOf(CommittedState? state) => (state as KeyValueSnapshot)?.Version ?? 0;

    /// <summary>A spork has happened.</summary>
    /// <param name="first">The lowest height that is executed after it.</param>
    public void Learn(Height first) => root = first;

    /// <summary>Whether a block is beyond a change.</summary>
    public bool Applies(SpecifiedChange change, Height height, ulong version) => change switch
    {
        SpecifiedChange.FromRoot => height >= root,
        SpecifiedChange.FromHeight from => height >= from.Height,
        SpecifiedChange.FromVersion from => version >= from.Version,
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static List<SpecifiedChange> Governed(
        IReadOnlyList<Image> images, Strategy strategy, ProtocolSpec? protocol)
    {
        List<SpecifiedChange> changes = [];
        foreach (GovernanceAct act in protocol?.Governance ?? [])
        {
            switch (act.Call)
            {
                case ContractCall.SetBoundary { Boundary: var boundary }:
                    changes.RemoveAll(change => IsAt(change, boundary.Height));
                    if (Find(images, image => IsOf(image, boundary.Version)) is { } built)
                        changes.Add(new SpecifiedChange.FromHeight(boundary.Height, built));
                    break;
                case ContractCall.DeleteBoundary { Height: var height }:
                    changes.RemoveAll(change => IsAt(change, height));
                    break;
                case ContractCall.Emit { Event: ServiceEvent.ProtocolStateVersionUpgrade upgrade }:
                    if (Find(images, image => image.Protocol.Reads(upgrade.NewVersion)) is { } reading)
                        changes.Add(new SpecifiedChange.FromVersion(upgrade.NewVersion, reading));
                    break;
            }
        }

        if (strategy.Spork is { Image: var image }) changes.Add(new SpecifiedChange.FromRoot(image));
        changes.Sort((a, b) => OrderOf(a).CompareTo(OrderOf(b)));
        return changes;
    }

    private static ulong OrderOf(SpecifiedChange change) => change switch
    {
        SpecifiedChange.FromHeight from => from.Height.Value,
        SpecifiedChange.FromVersion from => from.Version,
        _ => ulong.MaxValue,
    };

    private static bool IsAt(SpecifiedChange change, Height height) =>
        change is SpecifiedChange.FromHeight from && from.Height == height;

    private static bool IsOf(Image image, string version) =>
        SemanticVersion.Parse(version) is { } parsed && image.Version?.CompareTo(parsed) == 0;

    private static int? Find(IReadOnlyList<Image> images, Predicate<Image> fits)
    {
        for (int i = 0; i < images.Count; i++)
        {
            if (fits(images[i])) return i;
        }

        return null;
    }
}
