using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Executing;
using FlowSim.Kernel;
using NUnit.Framework;
using static FlowSim.Tests.Pipeline.SomeChain;

namespace FlowSim.Tests.Pipeline;

/// <summary>
/// Whatever the tree and the order in which blocks, collections, results and restarts come, every block is executed
/// once, after its parent, and comes to the same.
/// </summary>
public sealed class ExecutionPropertyTests
{
    private const int Self = 8;

    private static readonly Behaviour Behaviour = new(7, 300_000_000);

    /// <summary>For each block how far back in the list its parent is, and what happens in which order.</summary>
    private static readonly Gen<(int[] Parents, int[] Choices)> Any =
        Gen.Select(Gen.Int[1, 3].Array[1, 16], Gen.Int[0, 9_999].Array[10, 150]);

    [Test]
    public void Every_block_is_executed_once_after_its_parent_and_comes_to_the_same() => Any.Sample(
        (parents, choices) =>
        {
            var course = new Course(Tree(parents, out Dictionary<CollectionId, Collection> collections), collections);
            foreach (int choice in choices) course.Do(choice);
            course.ToEnd();
            Assert.That(course.Executed.Select(e => e.BlockId),
                Is.EquivalentTo(course.Blocks.Skip(1).Select(b => b.Id)));
            foreach (ExecutionResult result in course.Executed)
            {
                Block block = course.Blocks.Single(b => b.Id == result.BlockId);
                ExecutionResult previous = course.Executed.Prepend(RootSeal.Result)
                    .Single(e => e.BlockId == block.ParentId);
                Assert.That(result.Id, Is.EqualTo(BlockExecution.Of(new PlannedBlock(block, 0), previous, [], Behaviour,
                    SomeResults.Sensitivity).Id));
            }
        }, iter: 300);

    private static Block[] Tree(int[] parents, out Dictionary<CollectionId, Collection> collections)
    {
        collections = [];
        var blocks = new Block[parents.Length + 1];
        blocks[0] = Root;
        for (int i = 1; i < blocks.Length; i++)
        {
            var guarantees = new List<Guarantee>();
            for (int k = 0; k < i % 3; k++)
            {
                // Every other one is the same on several forks.
                (Collection collection, Guarantee guarantee) = Collected((ulong)(k == 0 ? i : i / 2 + 100));
                collections[collection.Id] = collection;
                guarantees.Add(guarantee);
            }

            Block parent = blocks[int.Max(0, i - parents[i - 1])];
            blocks[i] = On(parent, Payload(parent, guarantees), (ulong)i);
        }

        return blocks;
    }

    /// <summary>A node and what happens to it.</summary>
    private sealed class Course(Block[] blocks, Dictionary<CollectionId, Collection> collections)
    {
        private Driven node = Node(null);
        private int certified = 1;

        public Block[] Blocks => blocks;

        public List<ExecutionResult> Executed { get; } = [];

        /// <summary>A block, a collection, the end of a piece of work, time, or now and then a restart.</summary>
        public void Do(int choice)
        {
            if (choice % 50 == 0) Restart();
            else if (choice % 4 == 0 && certified < blocks.Length) node.Certify(blocks[certified++]);
            else if (choice % 4 == 1) Deliver(choice / 4);
            else if (choice % 4 == 2 && node.Jobs.Count > 0) node.Finish(node.Jobs[choice / 4 % node.Jobs.Count]);
            else node.PassTo(node.Now + SimDuration.FromMilliseconds(choice));
            Look();
        }

        public void ToEnd()
        {
            while (certified < blocks.Length) Do(4);
            for (int i = 0; i < 2 * blocks.Length + 2; i++)
            {
                while (node.Sent.Count > 0) Deliver(0);
                node.FinishAll();
                Look();
            }
        }

        private static Driven Node(object? written) => new Driven(new ExecutionEngine(Start(Self, written),
            ExecutionSpec.FlowGo, Behaviour, SomeResults.Sensitivity)).Start();

        private void Restart() => node = Node(node.Engine.Saved);

        private void Deliver(int which)
        {
            var asked = node.SentOf<Message.Pipeline.CollectionRequest>().ToList();
            if (asked.Count == 0) return;
            (NodeId to, Message.Pipeline.CollectionRequest request) = asked[which % asked.Count];
            node.Sent.Remove((to, request));
            node.Hear(new Message.Pipeline.CollectionResponse(
                [.. request.Collections.Select(id => collections[id])], request.Nonce), to.Index);
        }

        private void Look()
        {
            Executed.AddRange(node.Said<Notice.Executed>().Select(e => e.Result));
            node.Notices.Clear();
            Job.Execute[] running = [.. node.Jobs.OfType<Job.Execute>()];
            Assert.That(running, Has.Length.LessThanOrEqualTo(5));
            foreach (Job.Execute job in running)
            {
                Assert.That(job.Block.ParentId == Root.Id || Executed.Any(e => e.BlockId == job.Block.ParentId));
            }
        }
    }
}
