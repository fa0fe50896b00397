using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Sealing;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>Whole worlds seal what is executed and verified, and nothing else.</summary>
public sealed class SealingWorldTests
{
    [Test]
    public void Every_block_is_sealed_some_heights_later()
    {
        SealingWorld.Heard run = SealingWorld.Run(SealingWorld.Of());
        Assert.That(run.Seals.Select(seal => seal.Height.Value),
            Is.EqualTo(Enumerable.Range(1, run.Seals.Count()).Select(height => (ulong)height)));
        Assert.That(run.Payloads.Sum(payload => payload.Guarantees.Count), Is.GreaterThan(20));
        Assert.That(run.Lags.Skip(20).Average(lag => (double)lag), Is.InRange(3, 11));
        Assert.That(run.Forks, Is.Empty);
    }

    [Test]
    public void A_lone_executor_never_seals()
    {
        SealingWorld.Heard run = SealingWorld.Run(SealingWorld.Of(executors: 1, views: 60));
        Assert.That(run.Seals, Is.Empty);
        Assert.That(run.Ready, Is.Not.Empty, "the approvals are there");
        Assert.That(run.Payloads.Sum(payload => payload.Receipts.Count), Is.GreaterThan(40));
    }

    [Test]
    public void Missing_approvals_are_asked_for()
    {
        RunSpec spec = SealingWorld.Of();
        spec = spec with
        {
            LinkFaults =
            [
                new LinkFault.Cut(new Window(SimTime.Zero, SimTime.FromSeconds(20)),
                    SealingWorld.Set(spec, Role.Verification), SealingWorld.Set(spec, Role.Consensus)),
            ],
        };
        SealingWorld.Heard run = SealingWorld.Run(spec);
        Assert.That(run.Result.Count(MessageKind.ApprovalRequest), Is.GreaterThan(0));
        Assert.That(run.Lags.Max(), Is.GreaterThan(20));
        Assert.That(run.Lags.Last(), Is.LessThan(15));

        RunSpec silent = spec with
        {
            Pipeline = spec.Pipeline! with
            {
                Sealing = SealingSpec.FlowGo with { ApprovalRequestThreshold = 1_000 },
            },
        };
        Assert.That(SealingWorld.Run(silent).Seals, Is.Empty, "nobody asks, so nobody says it again");
    }

    [Test]
    public void Missing_receipts_are_asked_for()
    {
        RunSpec spec = SealingWorld.Of();
        spec = spec with
        {
            LinkFaults =
            [
                new LinkFault.Cut(new Window(SimTime.Zero, SimTime.FromSeconds(20)),
                    SealingWorld.Set(spec, Role.Execution), SealingWorld.Set(spec, Role.Consensus)),
            ],
        };
        SealingWorld.Heard run = SealingWorld.Run(spec);
        Assert.That(run.Result.Count(MessageKind.ReceiptRequest), Is.GreaterThan(0));
        Assert.That(run.Lags.Last(), Is.LessThan(15));

        RunSpec silent = spec with
        {
            Pipeline = spec.Pipeline! with
            {
                Sealing = SealingSpec.FlowGo with { ReceiptRequestThreshold = 1_000 },
            },
        };
        Assert.That(SealingWorld.Run(silent).Seals, Is.Empty);
    }

    [Test]
    public void One_executor_that_errs_ends_consensus_nodes_before_the_fix_and_not_after()
    {
        RunSpec spec = SealingWorld.WithWrong(SealingWorld.Of(views: 60), executors: 1, verifiers: 2);
        SealingWorld.Heard after = SealingWorld.Run(spec);
        Assert.That(after.Forks, Is.Empty);
        Assert.That(after.Seals.Count(), Is.GreaterThan(30));

        SealingWorld.Heard before = SealingWorld.Run(spec with
        {
            Pipeline = spec.Pipeline! with { Sealing = SealingSpec.FlowGo with { ForkRule = ForkRule.PreFix } },
        });
        Assert.That(before.Forks, Is.Not.Empty);
        Assert.That(before.Chain.Count, Is.LessThan(40), "without a quorum the chain stops");
    }

    [Test]
    public void Two_executors_on_each_side_end_consensus_nodes()
    {
        SealingWorld.Heard run = SealingWorld.Run(
            SealingWorld.WithWrong(SealingWorld.Of(executors: 4, views: 60), executors: 2, verifiers: 2));
        Assert.That(run.Forks.Select(fork => fork.Node).Distinct().Count(), Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public void A_consensus_node_that_was_away_seals_again()
    {
        RunSpec spec = SealingWorld.Of();
        spec = spec with
        {
            NodeFaults =
            [
                new NodeFault.Crash(new Window(SimTime.FromSeconds(30), SimTime.FromSeconds(36)),
                    new NodeSet(spec.Nodes.Count, [1])),
            ],
        };
        SealingWorld.Heard run = SealingWorld.Run(spec);
        Assert.That(run.Built.Where(entry => entry.Node.Index == 1 && entry.At > SimTime.FromSeconds(36))
            .Sum(entry => ((Payload.Main)((Notice.Built)entry.Notice).Block.Payload!).Seals.Count), Is.GreaterThan(3));
        Assert.That(run.Lags.Last(), Is.LessThan(15));
    }

    [Test]
    public void Equal_worlds_have_equal_digests() => Assert.That(
        SealingWorld.Run(SealingWorld.Of(views: 30)).Result.Digest,
        Is.EqualTo(SealingWorld.Run(SealingWorld.Of(views: 30)).Result.Digest));
}
