using System.Collections.Generic;
using FlowSim.Analysis.Divergence;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Divergence;

/// <summary>The class of a start, fact by fact. Triggers are at heights 100 and 200; image 1 is new for the first,
/// image 2 for both; the first was announced at 50.</summary>
public sealed class RejoinTests
{
    private static readonly SpecifiedChange First = new SpecifiedChange.FromHeight(new Height(100), 1);
    private static readonly SpecifiedChange Second = new SpecifiedChange.FromHeight(new Height(200), 2);

    [TestCase(0, 0, 60, 70, RejoinClass.Rj1, TestName = "the same image before the trigger")]
    [TestCase(1, 1, 150, 160, RejoinClass.Rj1, TestName = "the same image after the trigger")]
    [TestCase(0, 1, 60, 70, RejoinClass.Rj2, TestName = "the new image before the trigger")]
    [TestCase(0, 0, 60, 150, RejoinClass.Rj4, TestName = "away across the trigger, the old image")]
    [TestCase(0, 1, 60, 150, RejoinClass.Rj5, TestName = "away across the trigger, the new image")]
    [TestCase(1, 1, 60, 150, RejoinClass.Rj5, TestName = "away across the trigger, the new image ran before")]
    [TestCase(0, 2, 60, 250, RejoinClass.Rj12, TestName = "away across both, the newest image")]
    [TestCase(0, 1, 60, 250, RejoinClass.Rj4, TestName = "away across both, an image for the first only")]
    [TestCase(2, 1, 250, 260, RejoinClass.Other, TestName = "an older image with nothing ahead")]
    public void A_restart(int before, int image, int head, int final, RejoinClass expected) =>
        Assert.That(Of(new StartFacts(before, image, new Height((ulong)head), StopCause.Plan, false, false), final),
            Is.EqualTo(expected));

    [TestCase(0, 60, 70, RejoinClass.Rj7, TestName = "snapshot between announcement and trigger, old image")]
    [TestCase(0, 40, 70, RejoinClass.Other, TestName = "snapshot before the announcement, old image")]
    [TestCase(0, 120, 150, RejoinClass.Rj8, TestName = "snapshot after the trigger, old image")]
    [TestCase(1, 120, 150, RejoinClass.Rj9, TestName = "snapshot after the trigger, new image")]
    [TestCase(1, 40, 70, RejoinClass.Rj10, TestName = "snapshot before the announcement, new image")]
    [TestCase(1, 60, 150, RejoinClass.Rj10, TestName = "snapshot before a trigger that is passed, new image")]
    public void A_new_node(int image, int head, int final, RejoinClass expected) =>
        Assert.That(Of(new StartFacts(null, image, new Height((ulong)head), null, false, true), final),
            Is.EqualTo(expected));

    [Test]
    public void A_first_start_is_no_rejoin() =>
        Assert.That(Of(new StartFacts(null, 0, default, null, false, false), 0), Is.EqualTo(RejoinClass.First));

    [TestCase(99, Description = "stopped by the version of the protocol state, below the trigger")]
    [TestCase(101, Description = "stopped by a version beacon, once the height is final")]
    public void A_node_that_stopped_by_itself_at_the_trigger(int head) => Assert.That(
        Of(new StartFacts(0, 1, new Height((ulong)head), StopCause.Outdated, false, false), 150),
        Is.EqualTo(RejoinClass.Rj3));

    [TestCase(1, 150, RejoinClass.Rj6)]
    [TestCase(0, 150, RejoinClass.Rj4)]
    [TestCase(1, 90, RejoinClass.Rj2)]
    public void A_restored_backup(int image, int final, RejoinClass expected) => Assert.That(
        Of(new StartFacts(0, image, new Height(60), StopCause.Plan, true, false), final), Is.EqualTo(expected));

    /// <summary>A copy of a wrong state is that whatever the image; of a right one it is like a backup.</summary>
    [TestCase(0, 90, true, RejoinClass.Rj11)]
    [TestCase(1, 150, true, RejoinClass.Rj11)]
    [TestCase(0, 90, false, RejoinClass.Rj1)]
    [TestCase(1, 150, false, RejoinClass.Rj6)]
    public void A_cloned_database(int image, int final, bool isOfDiverged, RejoinClass expected) => Assert.That(
        Of(new StartFacts(0, image, new Height(60), StopCause.Plan, true, false, isOfDiverged), final),
        Is.EqualTo(expected));

    /// <summary>Where the network stands decides what is passed.</summary>
    private static RejoinClass Of(in StartFacts start, int final)
    {
        Specification specification = Specification.Of(Worlds.FiveRoles.Spec with
        {
            Upgrade = new UpgradeSpec { Images = [Image("0.1.0"), Image("0.2.0"), Image("0.3.0")],
                Specified = [First, Second] },
        });
        IReadOnlyList<Trigger> triggers =
        [
            new Trigger(First, new Height(100), final >= 100, final >= 50 ? new Height(50) : null),
            new Trigger(Second, new Height(200), final >= 200, null),
        ];
        return Rejoins.Of(in start, triggers, specification);
    }

    private static Image Image(string version) =>
        new(version, SemanticVersion.Parse(version), VersionSupport.FlowGo, []);
}
