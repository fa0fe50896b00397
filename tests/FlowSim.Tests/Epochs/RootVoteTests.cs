using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Tests.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Epochs;

/// <summary>Collection nodes vote for the root blocks of their next clusters, and see to it that it counts.</summary>
public sealed class RootVoteTests
{
    [Test]
    public void Every_member_of_a_cluster_votes_once()
    {
        EpochNet net = new EpochNet(4).Run();
        Assert.That(Votes(net), Is.EquivalentTo(net.Setup2.Clusters.SelectMany(cluster => cluster)
            .Select(member => new ContractCall.ClusterVote(2, member))));
    }

    [Test]
    public void Lost_votes_are_repeated_as_other_transactions_and_at_other_nodes()
    {
        List<NodeId> asked = [];
        var net = new EpochNet(4)
        {
            Loses = (from, to, m) =>
            {
                if (!IsVote(m) || from.Index != 8) return false;
                asked.Add(to);
                return asked.Count < 4;
            },
        };
        net.Run(SomeViewsLater);
        Assert.That(asked, Has.Count.EqualTo(4));
        Assert.That(asked[1], Is.EqualTo(asked[0]));
        Assert.That(asked[3], Is.EqualTo(asked[2]));
        Assert.That(Votes(net).Count(vote => vote.From == net.Collector), Is.EqualTo(1));
        Assert.That(net.Sent.Select(sent => sent.Message).OfType<Message.Pipeline.NodeCall>().Select(call => call.Id),
            Is.Unique);
    }

    [Test]
    public void Without_an_answer_nobody_votes_twice_after_a_restart()
    {
        var net = new EpochNet(4);
        int collector = net.Collector.Index;
        net = new EpochNet(4) { Down = [(collector, 130, 135), (collector, 150, 155)] }.Run();
        Assert.That(net.Sent.Count(sent => sent.From == net.Collector && sent.View >= 135), Is.EqualTo(2),
            "it looks, and is content");
        Assert.That(Votes(net).Count(vote => vote.From == net.Collector), Is.EqualTo(1));
    }

    [Test]
    public void It_stops_when_the_setup_phase_is_over()
    {
        EpochNet net = new EpochNet(4) { Loses = (_, _, m) => IsVote(m) };
        net.Events[200] = SomeEpochs.Commit(SomeEpochs.Setup(1, 1));
        net.Run();
        ulong[] tries = [.. net.Sent.Where(sent => sent.From == net.Collector && IsVote(sent.Message))
            .Select(sent => sent.View)];
        Assert.That(tries, Has.Length.GreaterThan(2).And.All.LessThan(200UL));
    }

    [Test]
    public void Fallback_mode_does_not_cancel_a_vote_that_is_under_way()
    {
        EpochNet net = new EpochNet(4) { Loses = (_, _, m) => IsVote(m) };
        ulong afterLast = 0;
        net.Events[108] = SomeEpochs.Commit(SomeEpochs.Setup(1, 1));
        net.Run();
        foreach (var sent in net.Sent)
        {
            if (sent.From == net.Collector && sent.Message is Message.Pipeline.ContractQuery) afterLast = sent.View;
        }

        Assert.That(afterLast, Is.GreaterThan(125UL), "it still looks for its vote until its patience is over");
        Assert.That(net.Sent.Count(sent => sent.From == net.Collector && IsVote(sent.Message)), Is.EqualTo(1));
    }

    [Test]
    public void Who_is_in_no_cluster_does_not_vote()
    {
        EpochNet net = new EpochNet(4, clusterless: 9).Run();
        Assert.That(Votes(net).Select(vote => vote.From), Is.EqualTo(new[] { net.Collector }));
    }

    private const ulong SomeViewsLater = EpochNet.SetupAt + 170;

    private static bool IsVote(Message message) =>
        message is Message.Pipeline.NodeCall { Call: ContractCall.ClusterVote };

    private static IEnumerable<ContractCall.ClusterVote> Votes(EpochNet net) =>
        net.Contracts.Calls.OfType<ContractCall.ClusterVote>();
}
