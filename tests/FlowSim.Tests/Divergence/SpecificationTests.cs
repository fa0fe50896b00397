using System.Linq;
using FlowSim.Analysis.Divergence;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Tests.Pipeline;
using FlowSim.Tests.ProtocolState;
using FlowSim.Tests.Worlds;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Divergence;

/// <summary>What should apply to a block, as written or as governance asks.</summary>
public sealed class SpecificationTests
{
    private static readonly Behaviour Metering = new(7, 1_000);

    [Test]
    public void Without_a_word_the_specified_behaviour_applies_throughout() =>
        Assert.That(Of().Of(new Height(1_000), null), Is.EqualTo(Behaviour.Specified));

    [Test]
    public void A_boundary_changes_it_from_its_height_on_unless_it_is_deleted()
    {
        var boundary = new ContractCall.SetBoundary(new VersionBoundary(new Height(50), "0.42.0"));
        Assert.That(Keys(Of(boundary)), Is.EqualTo(new[] { 0UL, 7UL }));
        Assert.That(Keys(Of(boundary, new ContractCall.DeleteBoundary(new Height(50)))), Is.All.Zero);
        Assert.That(Keys(Of(new ContractCall.SetBoundary(new VersionBoundary(new Height(50), "0.43.0")))),
            Is.All.Zero, "no image is of that version");
    }

    [Test]
    public void A_protocol_version_changes_it_for_its_blocks()
    {
        Specification specification = Of(
            new ContractCall.Emit(new ServiceEvent.ProtocolStateVersionUpgrade(3, new View(9))));
        KeyValueSnapshot state = SomeEpochs.In(EpochPhase.Staking);
        Assert.That(specification.Of(default, state with { Version = 2 }), Is.EqualTo(Behaviour.Specified));
        Assert.That(specification.Of(default, state with { Version = 3 }), Is.EqualTo(Metering));
    }

    [Test]
    public void A_spork_changes_it_for_what_is_executed_after_it()
    {
        RunSpec run = Run();
        Specification specification = Specification.Of(run with
        {
            Upgrade = run.Upgrade! with
            {
                Strategy = new SporkUpgrade(new SporkPlan(1, SimTime.FromSeconds(9), SimDuration.Zero)),
            },
        });
        Assert.That(Keys(specification), Is.All.Zero, "nobody knows the height before");
        specification.Learn(new Height(50));
        Assert.That(Keys(specification), Is.EqualTo(new[] { 0UL, 7UL }));
    }

    /// <summary>One node had executed a block whose result the root does not have, and comes to the same again.
    /// </summary>
    [Test]
    public void What_is_executed_again_after_a_spork_is_held_against_the_new_behaviour()
    {
        var told = new ToldUpgrade(1, null, new SpecifiedChange.FromRoot(2));
        told.Start(8, 0);
        Block block = told.Finalize();
        told.Execute(8, 0, block).Stop(8);
        told.Say(0, new Notice.Sporked(Block.RootOn(block, new View(9), new Payload.Main([], [], [],
            SomeChain.RootSeal))));
        told.Start(8, 2, isRestart: true).Execute(8, 2, block).End();
        Assert.That(told.Starts.Select(start => start.ExposedBlocks), Is.EqualTo(new[] { 0L, 0 }));
        Assert.That(told.Starts[1].IsNew, Is.False);
    }

    [Test]
    public void What_is_written_comes_before_what_governance_asks()
    {
        RunSpec run = Run(new ContractCall.SetBoundary(new VersionBoundary(new Height(50), "0.42.0")));
        Assert.That(Keys(Specification.Of(run with
        {
            Upgrade = run.Upgrade! with { Specified = [new SpecifiedChange.FromHeight(new Height(49), 1)] },
        })), Is.All.EqualTo(7UL));
    }

    /// <summary>At heights 49 and 50.</summary>
    private static ulong[] Keys(Specification of) =>
        [of.Of(new Height(49), null).Key, of.Of(new Height(50), null).Key];

    private static Specification Of(params ContractCall[] calls) => Specification.Of(Run(calls));

    private static RunSpec Run(params ContractCall[] calls) => FiveRoles.Spec with
    {
        Protocol = new ProtocolSpec
        {
            StakingViews = 10, DkgPhaseViews = 10,
            Governance = [.. calls.Select(call => new GovernanceAct(SimTime.Zero, call))],
        },
        Upgrade = new UpgradeSpec
        {
            Images =
            [
                new Image("old", SemanticVersion.Parse("0.41.0"), new VersionSupport(0, 2, 2), []),
                new Image("new", SemanticVersion.Parse("0.42.0"), new VersionSupport(0, 3, 3),
                    [new ImageBehaviour(null, Metering)]),
            ],
        },
    };
}
