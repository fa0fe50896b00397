using System.Linq;
using FlowSim.Chain;
using FlowSim.Executing;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;
using static FlowSim.Tests.Pipeline.SomeChain;

namespace FlowSim.Tests.Pipeline;

public sealed class ExecutionRestartTests
{
    private const int Self = 8;

    private static readonly Luck.Purpose Sensitivity = new Luck(1).For("sensitive chunk");
    private static readonly Behaviour Wrong = new(7, 1_000_000_000);

    [TestCase(LedgerPlace.InProcess)]
    [TestCase(LedgerPlace.Service)]
    public void After_a_restart_nothing_is_executed_before_the_state_is_there(LedgerPlace place)
    {
        (Collection collection, Guarantee guarantee) = Collected(1);
        Block[] chain = Line(Root, 2);
        Block third = On(chain[1], Payload(chain[1], [guarantee]));
        Driven first = Node().Certify([.. chain, third]).Hear(
            new Message.Pipeline.CollectionResponse([collection], 0));
        first.Finish(first.Jobs.Single());

        var spec = new ExecutionSpec { Ledger = place };
        Driven second = Node(spec, written: first.Engine.Saved).Certify(On(third));
        var script = new Message.Pipeline.ScriptRequest(chain[0].Id, 1);
        Assert.Multiple(() =>
        {
            Assert.That(second.Jobs.Single(), place == LedgerPlace.Service
                ? Is.TypeOf<Job.ReachLedger>() : Is.TypeOf<Job.LoadState>());
            Assert.That(second.Engine.WorthOf(script), Is.EqualTo(Worth.Nothing));
        });
        second.FinishAll().Hear(script);

        Assert.Multiple(() =>
        {
            Assert.That(second.Said<Notice.Executed>().Count(), Is.EqualTo(3), "the first is executed already");
            Assert.That(second.SentOf<Message.Pipeline.CollectionRequest>(), Is.Empty, "the collection is there");
            Assert.That(second.SentOf<Message.Pipeline.ScriptResponse>().Single().Message.State,
                Is.EqualTo(first.Said<Notice.Executed>().Single().Result.End));
        });
    }

    [Test]
    public void What_was_not_got_before_the_restart_is_asked_for_again_in_another_request()
    {
        (Collection _, Guarantee guarantee) = Collected(1);
        Block block = On(Root, Payload(Root, [guarantee]));
        Driven first = Node().Certify(block);
        Driven second = Node(written: first.Engine.Saved).FinishAll();

        Assert.That(second.SentOf<Message.Pipeline.CollectionRequest>().Single().Message.Collections,
            Is.EqualTo(first.SentOf<Message.Pipeline.CollectionRequest>().Single().Message.Collections));
    }

    [Test]
    public void A_state_that_is_not_the_sealed_one_ends_the_process_within_a_minute_and_again_after_a_restart()
    {
        Block[] chain = Line(Root, 2);
        Block sealing = Sealing(chain, Honest(chain));
        Driven node = Node(behaviour: Wrong).Certify(chain).FinishAll().PassTo(SimTime.FromSeconds(50))
            .Certify(sealing).Finalize([.. chain, sealing]).FinishAll();

        Assert.That(node.HasExited, Is.False);
        node.PassTo(SimTime.FromSeconds(60));
        Assert.That(node.HasExited);
        Notice.Diverged said = node.Said<Notice.Diverged>().Single();
        Assert.That((said.Sealed.BlockId, said.Own), Is.EqualTo(
            (chain[0].Id, node.Said<Notice.Executed>().First().Result.End)));
        Driven again = Node(written: node.Engine.Saved).FinishAll().PassTo(SimTime.FromSeconds(59));
        Assert.That(again.HasExited, Is.False);
        Assert.That(again.PassTo(SimTime.FromSeconds(60)).HasExited);
    }

    [Test]
    public void A_node_that_is_behind_holds_its_state_against_the_seal_that_its_last_block_knows()
    {
        Block[] chain = Line(Root, 2);
        Block sealing = Sealing(chain, Honest(chain));
        (Collection _, Guarantee guarantee) = Collected(1);
        Block stuck = On(sealing, Payload(sealing, [guarantee]));
        Block last = On(stuck, Payload(stuck, null, null,
            [.. new[] { chain[1], sealing, stuck }.Select(b => new Seal(b.Id, b.Height, RootSeal.Result))]));
        Driven node = Node(behaviour: Wrong).Certify([.. chain, sealing, stuck, last])
            .Finalize([.. chain, sealing, stuck, last]).FinishAll();

        node.PassTo(SimTime.FromSeconds(60));

        Assert.That(node.Said<Notice.Diverged>().Single().Sealed.BlockId, Is.EqualTo(chain[0].Id));
    }

    [Test]
    public void The_right_state_passes_the_check_for_good()
    {
        Block[] chain = Line(Root, 2);
        Block sealing = Sealing(chain, Honest(chain));
        Driven node = Node().Certify([.. chain, sealing]).Finalize([.. chain, sealing]).FinishAll();
        Assert.That(node.PassTo(SimTime.FromSeconds(600)).HasExited, Is.False);
        Assert.That(node.Timer, Is.EqualTo(SimTime.FromSeconds(660)));
    }

    [Test]
    public void What_lies_far_below_the_sealed_height_is_forgotten()
    {
        var spec = new ExecutionSpec { ServedHeights = 3 };
        Driven node = Node(spec);
        Block tip = Root;
        ExecutionResult? last = null;
        for (int i = 0; i < 30; i++)
        {
            Block block = On(tip, Payload(tip, null, null,
                last is null ? [] : [new Seal(last.BlockId, last.Height, last)]));
            node.Certify(block).FinishAll().Finalize(block);
            last = node.Said<Notice.Executed>().Last().Result;
            tip = block;
        }

        Assert.That(((ExecutionDisk)node.Engine.Saved!).Blocks, Has.Count.LessThanOrEqualTo(6));
    }

    private static ExecutionResult Honest(Block[] chain) =>
        Node().Certify(chain).FinishAll().Said<Notice.Executed>().First().Result;

    private static Block Sealing(Block[] chain, ExecutionResult result) => On(chain[^1],
        Payload(chain[^1], null, null, new Seal(result.BlockId, result.Height, result)));

    private static Driven Node(ExecutionSpec? spec = null, Behaviour behaviour = default, object? written = null) =>
        new Driven(new ExecutionEngine(Start(Self, written), spec ?? ExecutionSpec.FlowGo, behaviour, Sensitivity))
            .Start();
}
