using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>The upgrade as written, before anyone knows which nodes are meant.</summary>
/// <param name="At">Where it is written.</param>
/// <param name="ImageTexts">The images.</param>
/// <param name="StrategyText">By which rules.</param>
/// <param name="Initial">Who starts with which; who is in none starts with the first.</param>
/// <param name="Releases">When images come out.</param>
/// <param name="Rollouts">Plans by which nodes change.</param>
/// <param name="Acts">What operators do beside.</param>
/// <param name="OperatorText">How they react.</param>
/// <param name="Specified">Which image executes as it should from where on.</param>
public sealed record UpgradeText(
    Place At, IReadOnlyList<ImageText> ImageTexts, StrategyText StrategyText, IReadOnlyList<InitialText> Initial,
    IReadOnlyList<ReleaseText> Releases, IReadOnlyList<RolloutText> Rollouts, IReadOnlyList<ActText> Acts,
    OperatorText OperatorText, IReadOnlyList<SpecifiedText> Specified)
{
    /// <summary>The images as runs have them: as written, but for the sensitivity in a grid.</summary>
    public IReadOnlyList<Image> Images { get; init; } = [.. ImageTexts.Select(text => text.Image)];

    public Strategy Strategy { get; } = StrategyText.Make([.. ImageTexts.Select(text => text.Image)]);
}

/// <summary>Nodes that start with another image than the first.</summary>
public sealed record InitialText(YamlScalar Image, ChoiceText Of);

/// <summary>An image comes out.</summary>
/// <param name="Image">The image.</param>
/// <param name="AtAt">Where its time is written.</param>
/// <param name="At">Its time.</param>
public sealed record ReleaseText(YamlScalar Image, Place AtAt, SimTime At);

/// <summary>A rollout.</summary>
/// <param name="Image">The image.</param>
/// <param name="Of">Whose nodes; null for everybody's.</param>
/// <param name="Wrong">The image that some take by mistake; null when nobody does.</param>
/// <param name="FromAt">Where its begin stands.</param>
/// <param name="ByAt">Where it says who decides; null when it does not.</param>
/// <param name="LimitAt">Where the limit on who is down stands.</param>
/// <param name="WavesAt">Where each wave stands.</param>
/// <param name="Plan">The rest, as of nobody.</param>
public sealed record RolloutText(
    YamlScalar Image, ChoiceText? Of, YamlScalar? Wrong, Place FromAt, Place? ByAt, Place LimitAt,
    IReadOnlyList<Place> WavesAt, Rollout Plan);

/// <summary>An act of operators.</summary>
/// <param name="Kind">Its word.</param>
/// <param name="Of">At whose nodes.</param>
/// <param name="AtAt">Where its time is written.</param>
/// <param name="At">Its time.</param>
/// <param name="Image">The image, if it has one.</param>
/// <param name="From">The name of another node that has to do with it, if one has.</param>
/// <param name="Make">The act, once nodes, image and the other node are known.</param>
public sealed record ActText(
    string Kind, ChoiceText Of, Place AtAt, SimTime At, YamlScalar? Image, YamlScalar? From,
    Func<NodeSet, int?, int?, OperatorAct> Make);
