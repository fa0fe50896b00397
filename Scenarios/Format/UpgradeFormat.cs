using System;
using System.Collections.Generic;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>The <c>upgrade</c> section: which software nodes run, and how it changes.</summary>
public static class UpgradeFormat
{
    private static readonly Field<IReadOnlyList<ImageText>> Images = new("images",
        new ListShape<ImageText>("a list of at least one image", ImageFormat.Section, 1, 100),
        "The builds of the software; everybody starts with the first unless 'initial' says otherwise.", true);

    private static readonly Field<StrategyText> Strategy = new("strategy", StrategyFormat.Section,
        "By which rules the software changes.");

    private static readonly Field<YamlScalar> Image = new("image", ImageName.Shape, "Which image.", true);

    private static readonly Field<ChoiceText> Of = new("of", ChoiceFormat.Section, "Which nodes.", true);

    private static readonly Field<IReadOnlyList<InitialText>> Initial = new("initial",
        new ListShape<InitialText>("a list of images with their nodes", new Section<InitialText>("an initial image",
            [Image, Of], at => new InitialText(at.Get(Image), at.Get(Of))), 1, 1_000),
        "Who starts with another image; of two entries for a node the last counts.");

    private static readonly Field<SimDuration> At = new("at",
        Scalars.Duration(SimDuration.Zero, SimDuration.FromSeconds(366 * 86_400)), "When it comes out.", true);

    private static readonly Field<IReadOnlyList<ReleaseText>> Releases = new("releases",
        new ListShape<ReleaseText>("a list of releases", new Section<ReleaseText>("a release", [Image, At],
            at => new ReleaseText(at.Get(Image), at.Node(At)!.At, SimTime.Zero + at.Get(At))), 1, 1_000),
        "When images come out: a node that says that it is too old gets the newest as of then, past all between.");

    private static readonly Field<IReadOnlyList<RolloutText>> Rollouts = new("rollouts",
        new ListShape<RolloutText>("a list of rollouts", RolloutFormat.Section, 1, 1_000),
        "Plans by which nodes change to an image.");

    private static readonly Field<IReadOnlyList<ActText>> Mistakes = new("mistakes",
        new ListShape<ActText>("a list of acts", ActFormat.Section, 1, 1_000),
        "What operators do apart from any plan.");

    private static readonly Field<OperatorText> Operators = new("operators", OperatorFormat.Section,
        "How long restarts take, and who reacts how.");

    private static readonly Field<IReadOnlyList<SpecifiedText>> Specified = new("specified", SpecifiedFormat.Shape,
        "Which image executes as it should from where on, for those who count divergences; the first does before. "
        + "Default what governance asks, and else what an image without behaviours does.");

    public static readonly Section<UpgradeText> Section = new("upgrade",
        [Images, Strategy, Initial, Releases, Rollouts, Mistakes, Operators, Specified], Build);

    private static UpgradeText Build(Values at)
    {
        List<ImageText> images = [];
        foreach (ImageText image in at.Get(Images))
        {
            if (images.Exists(other => string.Equals(other.Name.Text, image.Name.Text, StringComparison.Ordinal)))
                throw image.Name.At.Error($"two images are called '{image.Name.Text}'; rename one");
            images.Add(image);
        }

        UpgradeText text = new(at.At, images, at.Or(Strategy, StrategyText.Of(new RollingUpgrade(), at.At)),
            at.Or(Initial, []), at.Or(Releases, []), at.Or(Rollouts, []), at.Or(Mistakes, []),
            at.Or(Operators, new OperatorText(OperatorSpec.Assumed, [], null)), at.Or(Specified, []));
        if (text.Strategy.Spork is not null && text.Rollouts.Count + text.Releases.Count > 0)
            throw at.Error("a spork changes everybody at once; write no rollouts and releases beside it", Rollouts,
                Releases);
        foreach (RolloutText rollout in text.Rollouts)
        {
            int image = ImageName.IndexOf(rollout.Image, text.Images);
            if (rollout.Wrong is { } wrong && ImageName.IndexOf(wrong, text.Images) == image)
                throw wrong.At.Error($"'{wrong.Text}' is the right image of this rollout; write another");
        }

        return text;
    }
}
