using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using NUnit.Framework;

namespace FlowSim.Tests.Sync;

/// <summary>One archive serves all nodes, shows each only what it finalized, and forgets what nobody needs.</summary>
public sealed class LedgerTests
{
    private static readonly Block Root = Block.Root(default);

    [Test]
    public void A_node_serves_what_it_finalized_and_nothing_above()
    {
        Message.Proposal[] chain = Chain(5);
        var archive = new Archive(Root, 2);
        var ahead = new Ledger(archive);
        var behind = new Ledger(archive);
        foreach (Message.Proposal proposal in chain) ahead.Append(proposal);
        behind.Append(chain[0]);
        Assert.That(ahead.At(new Height(4)), Is.SameAs(chain[3]));
        Assert.That(behind.At(new Height(1)), Is.SameAs(chain[0]));
        Assert.That(behind.At(new Height(2)), Is.Null);
        Assert.That(behind.Find(chain[1].Block.Id), Is.Null);
        Assert.That(ahead.Find(chain[1].Block.Id), Is.SameAs(chain[1]));
        Assert.That(ahead.At(new Height(6)), Is.Null);
    }

    [Test]
    public void A_node_that_left_the_chain_of_the_others_serves_its_own()
    {
        Message.Proposal[] chain = Chain(4);
        Message.Proposal[] fork = [.. chain[..2], .. Chain(3, salt: 1, from: chain[1].Block)];
        var archive = new Archive(Root, 2);
        var one = new Ledger(archive);
        var other = new Ledger(archive);
        foreach (Message.Proposal proposal in chain) one.Append(proposal);
        foreach (Message.Proposal proposal in fork) other.Append(proposal);
        Assert.That(Served(one, 4), Is.EqualTo(chain));
        Assert.That(Served(other, 5), Is.EqualTo(fork));
        Assert.That(other.Find(chain[2].Block.Id), Is.Null);
        Assert.That(other.Find(fork[3].Block.Id), Is.SameAs(fork[3]));
    }

    [Test]
    public void Memory_is_bounded_however_many_nodes_and_blocks_there_are()
    {
        var archive = new Archive(Root, 100);
        Ledger[] ledgers = [.. Enumerable.Range(0, 100).Select(_ => new Ledger(archive))];
        int most = 0;
        foreach (Message.Proposal proposal in Chain(30_000))
        {
            foreach (Ledger ledger in ledgers) ledger.Append(proposal);
            if (archive.Count > most) most = archive.Count;
        }

        Assert.That(most, Is.LessThan(8_200));
        Assert.That(ledgers[5].At(new Height(29_999)), Is.Not.Null);
        Assert.That(ledgers[5].At(new Height(1)), Is.Null);
    }

    [Test]
    public void What_a_stopped_node_lacks_is_kept_until_it_is_back()
    {
        Message.Proposal[] chain = Chain(20_000);
        var archive = new Archive(Root, 2);
        var up = new Ledger(archive);
        var stopped = new Ledger(archive);
        foreach (Message.Proposal proposal in chain) up.Append(proposal);
        Assert.That(up.At(new Height(1)), Is.SameAs(chain[0]));
        foreach (Message.Proposal proposal in chain) stopped.Append(proposal);
        Assert.That(up.At(new Height(1)), Is.Null);
        Assert.That(archive.Count, Is.LessThan(8_200));
    }

    private static Message.Proposal[] Served(Ledger ledger, int heights) =>
        [.. Enumerable.Range(1, heights).Select(height => ledger.At(new Height((ulong)height))!)];

    private static Message.Proposal[] Chain(int blocks, ulong salt = 0, Block? from = null)
    {
        List<Message.Proposal> chain = [];
        Block at = from ?? Root;
        for (int i = 0; i < blocks; i++)
        {
            at = Block.On(at.View.Next, at, QuorumCertificate.Trusted(at.View, at.Id), new NodeId(0), salt);
            chain.Add(new Message.Proposal(at, null));
        }

        return [.. chain];
    }
}
