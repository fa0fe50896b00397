using System.Linq;
using FlowSim.Chain;
using FlowSim.Executing;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;
using static FlowSim.Tests.Pipeline.SomeChain;

namespace FlowSim.Tests.Pipeline;

public sealed class ExecutionEngineTests
{
    private const int Self = 8;

    private static readonly Luck.Purpose Sensitivity = new Luck(1).For("sensitive chunk");

    [Test]
    public void A_block_waits_for_its_parents_state_and_for_all_its_collections()
    {
        (Collection first, Guarantee ofFirst) = Collected(1);
        (Collection second, Guarantee ofSecond) = Collected(2, transactions: 3);
        Block one = On(Root);
        Block two = On(one, Payload(one, [ofFirst, ofSecond]));
        Driven node = Node().Certify(one, two);

        node.FinishAll().Hear(new Message.Pipeline.CollectionResponse([first], 0));
        Assert.That(node.Said<Notice.Executed>().Select(e => e.Result.BlockId), Is.EqualTo(new[] { one.Id }));
        node.Hear(new Message.Pipeline.CollectionResponse([second], 0));
        Assert.That(node.Jobs.Single(), Is.EqualTo(new Job.Execute(two, 5)));
        node.FinishAll();

        ExecutionResult[] results = [.. node.Said<Notice.Executed>().Select(e => e.Result)];
        Assert.Multiple(() =>
        {
            Assert.That(results[1].PreviousId, Is.EqualTo(results[0].Id));
            Assert.That(results[1].Start, Is.EqualTo(results[0].End));
            Assert.That(results[1].Chunks.Select(c => c.Content), Is.EqualTo(new[]
            {
                Chunk.ContentOf(two.Id, 0, first.Id), Chunk.ContentOf(two.Id, 1, second.Id),
                Chunk.ContentOf(two.Id, 2, default),
            }));
        });
    }

    [Test]
    public void Five_blocks_are_executed_at_once_each_on_its_own_parent()
    {
        Block[] children = [.. Enumerable.Range(0, 7).Select(i => On(Root, salt: (ulong)i))];
        Driven node = Node().Certify(children).Certify(On(children[0]));

        Assert.That(node.Jobs, Has.Count.EqualTo(5));
        node.Finish(node.Jobs[0]);
        Assert.That(node.Jobs.Cast<Job.Execute>().Select(j => j.Block), Is.EqualTo(children[1..6]));
        node.FinishAll();
        Assert.That(node.Said<Notice.Executed>().Count(), Is.EqualTo(8));
    }

    [Test]
    public void A_receipt_goes_to_three_roles_unless_its_block_is_sealed()
    {
        Block[] chain = Line(Root, 3);
        Block sealing = On(chain[^1], Payload(chain[^1], null, null, new Seal(chain[0].Id, chain[0].Height,
            Node().Certify(chain[0]).FinishAll().Said<Notice.Executed>().Single().Result)));
        Driven node = Node().Certify([.. chain, sealing]).Finalize([.. chain, sealing]).FinishAll();

        Assert.Multiple(() =>
        {
            Assert.That(node.Said<Notice.Executed>().Count(), Is.EqualTo(4));
            Assert.That(node.Multicasts.Select(m => m.To).Distinct(), Is.EqualTo(new[]
                { Audience.Of(Role.Access), Audience.Of(Role.Consensus), Audience.Of(Role.Verification) }));
            Assert.That(node.Multicasts.Select(m => ((Message.Pipeline.Receipt)m.Message).Signed.Result.BlockId)
                .Distinct(), Is.EqualTo(new[] { chain[1].Id, chain[2].Id, sealing.Id }));
            Assert.That(node.Multicasts.Select(m => m.Message).Distinct(), Has.Exactly(3).Items);
        });
    }

    [Test]
    public void More_than_the_threshold_behind_only_finalized_blocks_are_executed()
    {
        Block[] chain = Line(Root, 4);
        Block fork = On(Root, salt: 9);
        Driven node = Node(new ExecutionSpec { CatchUpThreshold = 2, ParallelBlocks = 1 })
            .Certify(chain[0]).Certify(chain[1..]).Finalize(chain[..3]).Certify(fork);

        node.Finish(node.Jobs.Single());
        Assert.That(((Job.Execute)node.Jobs.Single()).Block, Is.EqualTo(chain[1]), "loaded before it fell behind");
        node.FinishAll();

        Assert.That(node.Said<Notice.Executed>().Select(e => e.Result.BlockId),
            Is.EquivalentTo(new[] { chain[0].Id, chain[1].Id, chain[2].Id, chain[3].Id, fork.Id }));
        Driven behind = Node(new ExecutionSpec { CatchUpThreshold = 2 }, isBusy: true).Finalize(chain[..3])
            .Certify(fork);
        behind.Finish(behind.Jobs.Single());
        Assert.That(behind.Jobs.Cast<Job.Execute>().Select(j => j.Block), Is.EqualTo(new[] { chain[0] }));
        behind.Finish(behind.Jobs.Single());
        Assert.That(behind.Jobs.Cast<Job.Execute>().Select(j => j.Block), Is.EqualTo(new[] { chain[1], fork }));
    }

    [TestCase(0L)]
    [TestCase(1_000_000_000L)]
    public void Sensitivity_zero_never_differs_and_one_differs_at_once(long sensitivity)
    {
        Block[] chain = Line(Root, 20);
        Driven right = Node().Certify(chain).FinishAll();
        Driven wrong = Node(behaviour: new Behaviour(7, sensitivity)).Certify(chain).FinishAll();
        Driven alike = Node(behaviour: new Behaviour(7, sensitivity), self: Self + 1).Certify(chain).FinishAll();

        Commitment[] Ends(Driven node) => [.. node.Said<Notice.Executed>().Select(e => e.Result.End)];
        Assert.Multiple(() =>
        {
            Assert.That(Ends(wrong).Zip(Ends(right), (w, r) => w == r), Is.All.EqualTo(sensitivity == 0));
            Assert.That(Ends(alike), Is.EqualTo(Ends(wrong)), "the same chunks at every node");
        });
    }

    [Test]
    public void A_behaviour_differs_on_about_its_share_of_chunks_and_on_the_same_at_every_node()
    {
        var behaviour = new Behaviour(7, 100_000_000);
        int differs = Enumerable.Range(0, 10_000).Count(i => behaviour.Differs(Sensitivity, (ulong)i));
        Assert.That(differs, Is.InRange(850, 1150), "five standard deviations about 1,000");
    }

    [Test]
    public void Requests_are_answered_out_of_what_was_executed()
    {
        (Collection collection, Guarantee guarantee) = Collected(1);
        Block block = On(Root, Payload(Root, [guarantee]));
        Driven node = Node().Certify(block).Hear(new Message.Pipeline.CollectionResponse([collection], 0));
        var script = new Message.Pipeline.ScriptRequest(block.Id, 3);
        node.Hear(script).Hear(new Message.Pipeline.ReceiptRequest([block.Id], 1)).FinishAll();
        ExecutionResult result = node.Said<Notice.Executed>().Single().Result;
        node.Hear(new Message.Pipeline.ReceiptRequest([block.Id, default], 1), 2)
            .Hear(new Message.Pipeline.ChunkDataRequest(result.Id, 0, 2), 12)
            .Hear(new Message.Pipeline.ChunkDataRequest(default, 0, 2), 12).Hear(script, 18);

        Assert.That(node.Sent.Skip(1), Is.EqualTo(new (NodeId, Message)[]
        {
            (new NodeId(0), new Message.Pipeline.ScriptResponse(block.Id, null, 3)),
            (new NodeId(2), new Message.Pipeline.Receipt(new ExecutionReceipt(new NodeId(Self), result), 1)),
            (new NodeId(12), new Message.Pipeline.ChunkDataResponse(result.Id, 0, 102_000, 2)),
            (new NodeId(18), new Message.Pipeline.ScriptResponse(block.Id, result.End, 3)),
        }));
    }

    private static Driven Node(ExecutionSpec? spec = null, Behaviour behaviour = default, int self = Self,
        bool isBusy = false)
    {
        var engine = new ExecutionEngine(Start(self, isBusy ? Fresh.Saved : null), spec ?? ExecutionSpec.FlowGo,
            behaviour, Sensitivity);
        return new Driven(engine).Start();
    }

    private static IEngine Fresh =>
        new ExecutionEngine(Start(Self), ExecutionSpec.FlowGo, Behaviour.Specified, Sensitivity);
}
