using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Epochs;

/// <summary>Key generations of a few nodes, with what may go wrong in one.</summary>
public sealed class DkgTests
{
    private const int Seven = 7;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(10)]
    public void All_come_to_one_key_and_hold_a_share_of_it(int participants)
    {
        EpochNet net = new EpochNet(participants).Run();
        int[] all = [.. Enumerable.Range(0, participants)];
        Assert.That(net.Keys(all).Distinct().Single(), Is.Not.Zero);
        Assert.That(all.Select(node => net.Ended(node)!.HasShare), Is.All.True);
        Assert.That(all.Select(node => net.Part(node).HoldsKey(2)), Is.All.True);
        Assert.That(all.Select(node => net.Part(node).HoldsKey(1)), Is.All.True, "from the root");
        Assert.That(all.Select(node => net.Part(node).HoldsKey(3)), Is.All.False);
        Assert.That(net.Contracts.Posts.Select(post => post.Kind), Is.All.EqualTo(DkgPostKind.Vector));
        Assert.That(net.Contracts.Calls.OfType<ContractCall.DkgPost>(), Is.Unique, "nothing is repeated without need");
        Assert.That(net.Contracts.Results, Is.Unique);
    }

    [Test]
    public void A_key_is_safe_only_once_the_epoch_is_committed()
    {
        EpochNet net = new EpochNet(4) { Commits = false }.Run();
        Assert.That(net.Keys(0).Single(), Is.Not.Zero);
        Assert.That(net.Part(0).HoldsKey(2), Is.False);
    }

    [Test]
    public void A_dealer_whose_vector_does_not_come_is_out_and_alone_with_its_key()
    {
        EpochNet net = new EpochNet(Seven) { Loses = (from, _, m) => from.Index == 3 && Posts(m, DkgPostKind.Vector) }
            .Run();
        AssertOut(net, 3, alone: true);
        Assert.That(net.Part(3).HoldsKey(2), Is.False);
    }

    [Test]
    public void A_lost_share_is_complained_about_and_shown()
    {
        EpochNet net = new EpochNet(Seven) { Loses = (from, to, m) => IsShare(m) && (from, to) == (Node(0), Node(1)) }
            .Run();
        Assert.That(net.Contracts.Posts.Where(post => post.Kind != DkgPostKind.Vector), Is.EqualTo(new[]
        {
            new ContractCall.DkgPost(2, Node(1), DkgPostKind.Complaint, Node(0)),
            new ContractCall.DkgPost(2, Node(0), DkgPostKind.Answer, Node(1)),
        }));
        Assert.That(net.Keys(Enumerable.Range(0, Seven)).Distinct().Single(), Is.EqualTo(KeyOf(net)));
        Assert.That(net.Part(1).HoldsKey(2));
    }

    [Test]
    public void A_share_that_comes_at_the_second_try_is_no_matter()
    {
        EpochNet net = new EpochNet(4) { Loses = (_, _, m) => m is Message.Pipeline.DkgShare { Attempt: 0 } }.Run();
        Assert.That(net.Contracts.Posts, Has.Count.EqualTo(4));
        Assert.That(net.Keys(0, 1, 2, 3).Distinct().Single(), Is.Not.Zero);
    }

    [Test]
    public void A_dealer_that_does_not_answer_is_out()
    {
        EpochNet net = new EpochNet(Seven)
        {
            Loses = (from, to, m) => (IsShare(m) && (from, to) == (Node(0), Node(1))) || Posts(m, DkgPostKind.Answer),
        }.Run();
        AssertOut(net, 0, alone: true);
    }

    [TestCase(3, false)]
    [TestCase(4, true)]
    public void A_dealer_with_more_than_t_complaints_is_out_whatever_it_answers(int complaints, bool isOut)
    {
        EpochNet net = new EpochNet(Seven)
        {
            Loses = (from, to, m) => IsShare(m) && from.Index == 0 && to.Index <= complaints,
        }.Run();
        Assert.That(net.Contracts.Posts.Count(p => p.Kind == DkgPostKind.Answer), Is.EqualTo(complaints));
        if (isOut) AssertOut(net, 0, alone: false);
        else Assert.That(net.Keys(Enumerable.Range(0, Seven)).Distinct().Single(), Is.EqualTo(KeyOf(net)));
        Assert.That(Enumerable.Range(0, Seven).Select(node => net.Part(node).HoldsKey(2)), Is.All.True);
    }

    [TestCase(2, 3)]
    [TestCase(3, 4)]
    public void With_too_few_dealers_all_fail_and_say_so(int silent, int threshold)
    {
        int participants = threshold == 3 ? 4 : 5;
        EpochNet net = new EpochNet(participants)
        {
            Loses = (from, _, m) => from.Index < silent && Posts(m, DkgPostKind.Vector),
        }.Run();
        Assert.That(net.Keys(Enumerable.Range(silent, participants - silent)), Is.All.Zero);
        Assert.That(net.Contracts.Results.Select(result => (result.From.Index, result.GroupKey)),
            Is.SupersetOf(Enumerable.Range(silent, participants - silent).Select(node => (node, 0UL))));
        Assert.That(net.Part(participants - 1).HoldsKey(2), Is.False);
    }

    [Test]
    public void A_whiteboard_that_nobody_can_read_fails_all()
    {
        EpochNet net = new EpochNet(4) { Loses = (_, _, m) => m is Message.Pipeline.ContractAnswer }.Run(700);
        Assert.That(Enumerable.Range(0, 4).Select(node => net.Ended(node)), Has.None.Null);
        Assert.That(net.Keys(0, 1, 2, 3), Is.All.Zero);
    }

    [Test]
    public void Who_cannot_read_it_at_the_end_of_a_phase_fails_alone()
    {
        EpochNet net = new EpochNet(4)
        {
            Loses = (_, to, m) => to.Index == 2 && m is Message.Pipeline.ContractAnswer
                { Contracts: SomeContracts { Results.Count: 0 } },
        }.Run();
        Assert.That(net.Keys(2), Is.All.Zero);
        Assert.That(net.Keys(0, 1, 3), Is.All.EqualTo(KeyOf(net)));
    }

    [Test]
    public void Looks_that_fail_are_made_up_for()
    {
        int answers = 0;
        EpochNet net = new EpochNet(4)
        {
            Loses = (_, to, m) => to.Index == 2 && m is Message.Pipeline.ContractAnswer && answers++ % 3 != 0,
        }.Run(600);
        Assert.That(net.Keys(0, 1, 2, 3), Is.All.EqualTo(KeyOf(net)));
    }

    [Test]
    public void Lost_calls_are_repeated_as_other_transactions()
    {
        HashSet<ulong> lost = [];
        EpochNet net = new EpochNet(4)
        {
            Loses = (from, _, m) => m is Message.Pipeline.NodeCall call && lost.Add(call.Call.Key),
        }.Run();
        Assert.That(net.Keys(0, 1, 2, 3), Is.All.EqualTo(KeyOf(net)));
        Assert.That(net.Sent.Select(sent => sent.Message).OfType<Message.Pipeline.NodeCall>().Select(call => call.Id),
            Is.Unique);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void The_latest_sealed_block_may_be_read_instead(bool readsSealed)
    {
        EpochNet net = new EpochNet(4) { Dkg = DkgSpec.FlowGo with { ReadsSealed = readsSealed } }.Run();
        Assert.That(net.Keys(0, 1, 2, 3), Is.All.EqualTo(KeyOf(net)));
        Assert.That(net.Depths, readsSealed ? Has.None.Zero : Has.Some.Zero);
    }

    [Test]
    public void Shares_that_come_before_the_block_with_the_setup_count()
    {
        EpochNet net = new EpochNet(4)
        {
            Dkg = DkgSpec.FlowGo with { Shares = new Backoff { Retries = 0 } }, Lags = (2, 5),
        }.Run();
        Assert.That(net.Contracts.Posts, Has.Count.EqualTo(4));
        Assert.That(net.Keys(0, 1, 2, 3), Is.All.EqualTo(KeyOf(net)));
    }

    [Test]
    public void A_post_is_given_up_after_its_retries()
    {
        EpochNet net = new EpochNet(4)
        {
            Dkg = DkgSpec.FlowGo with { Posting = new SubmissionSpec { Retry = new Backoff { Retries = 2 } } },
            Loses = (from, _, m) => from.Index == 3 && Posts(m, DkgPostKind.Vector),
        }.Run(400);
        Assert.That(net.Sent.Count(sent => sent.From == Node(3) && Posts(sent.Message, DkgPostKind.Vector)),
            Is.EqualTo(3));
    }

    /// <summary>Four vectors at 30 s each but the first, from the first look on: beyond view 205.</summary>
    [TestCase(2_500, EpochNet.End1, EpochNet.End1 + 5)]
    [TestCase(30_000, EpochNet.End1 + 35, EpochNet.End1 + 60)]
    public void The_first_phase_waits_for_vectors_to_be_read(int milliseconds, ulong from, ulong to)
    {
        EpochNet net = new EpochNet(4)
        {
            Dkg = DkgSpec.FlowGo with { NextVectorDelay = SimDuration.FromMilliseconds(milliseconds) },
            Loses = (dealer, node, m) => IsShare(m) && (dealer, node) == (Node(0), Node(1)),
        }.Run();
        Assert.That(net.Sent.First(sent => Posts(sent.Message, DkgPostKind.Complaint)).View, Is.InRange(from, to));
    }

    [Test]
    public void Same_seed_same_run()
    {
        static IReadOnlyList<(ulong, NodeId, NodeId, ulong)> Trace(ulong seed) =>
        [
            .. new EpochNet(Seven)
            {
                Seed = seed,
                Loses = (from, to, m) => IsShare(m) && from.Index == to.Index - 1,
            }.Run().Sent.Select(sent => (sent.View, sent.From, sent.To, sent.Message.Key)),
        ];
        IReadOnlyList<(ulong, NodeId, NodeId, ulong)> first = Trace(3);
        Assert.That(Trace(3), Is.EqualTo(first));
        Assert.That(Trace(4), Is.Not.EqualTo(first));
    }

    internal static bool Posts(Message message, DkgPostKind kind) =>
        message is Message.Pipeline.NodeCall { Call: ContractCall.DkgPost post } && post.Kind == kind;

    internal static bool IsShare(Message message) => message is Message.Pipeline.DkgShare;

    internal static NodeId Node(int index) => new(index);

    /// <summary>The key of all dealers but some, with the secrets that they dealt first.</summary>
    internal static ulong KeyOf(EpochNet net, params int[] without)
    {
        NodeId[] all = [.. Enumerable.Range(0, net.Participants).Select(Node)];
        var feldman = new JointFeldman(2, all, all[Array.FindIndex(all, node => !without.Contains(node.Index))]);
        bool deals = false;
        foreach (NodeId dealer in all.Where(node => !without.Contains(node.Index)))
        {
            ContractCall.DkgPost vector = net.VectorOf(dealer);
            if (!deals) feldman.Deal(vector.Secret);
            else feldman.Read(vector);
            feldman.TakeShare(dealer);
            deals = true;
        }

        feldman.EndShares();
        feldman.EndComplaints();
        return feldman.End().GroupKey;
    }

    private static void AssertOut(EpochNet net, int dealer, bool alone)
    {
        int[] others = [.. Enumerable.Range(0, net.Participants).Where(node => node != dealer)];
        ulong key = KeyOf(net, dealer);
        Assert.That(key, Is.Not.Zero.And.Not.EqualTo(KeyOf(net)));
        Assert.That(net.Keys(others), Is.All.EqualTo(key));
        Assert.That(others.Select(node => net.Part(node).HoldsKey(2)), Is.All.True);
        Assert.That(net.Keys(dealer).Single() == key, Is.EqualTo(!alone));
    }
}
