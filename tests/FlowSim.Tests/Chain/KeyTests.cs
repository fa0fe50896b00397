using FlowSim.Chain;
using NUnit.Framework;

namespace FlowSim.Tests.Chain;

/// <summary>A message's key follows its content, also when a liar makes one from another.</summary>
public sealed class KeyTests
{
    private static readonly QuorumCertificate Qc = QuorumCertificate.Trusted(new View(8), new BlockId(80));

    [Test]
    public void An_altered_vote_has_another_key()
    {
        var vote = new Message.Vote(new View(9), new BlockId(90), new NodeId(1), true);
        Assert.That((vote with { BlockId = new BlockId(91) }).Key, Is.Not.EqualTo(vote.Key));
        Assert.That((vote with { Signer = new NodeId(2) }).Key, Is.Not.EqualTo(vote.Key));
        Assert.That((vote with { View = new View(10) }).Key, Is.Not.EqualTo(vote.Key));
    }

    [Test]
    public void An_altered_timeout_object_has_another_key()
    {
        var timeout = new Message.Timeout(new View(9), Qc, null, new NodeId(1), 0);
        QuorumCertificate other = QuorumCertificate.Trusted(new View(7), new BlockId(70));
        Assert.That((timeout with { Tick = 1 }).Key, Is.Not.EqualTo(timeout.Key));
        Assert.That((timeout with { NewestQc = other }).Key, Is.Not.EqualTo(timeout.Key));
        Assert.That((timeout with { Signer = new NodeId(2) }).Key, Is.Not.EqualTo(timeout.Key));
    }

    [Test]
    public void An_altered_proposal_has_another_key()
    {
        var block = new Block(new BlockId(90), new View(9), new Height(7), Qc, new NodeId(1));
        var proposal = new Message.Proposal(block, null);
        TimeoutCertificate tc = TimeoutCertificate.Trusted(new View(8), Qc);
        Assert.That((proposal with { LastViewTc = tc }).Key, Is.Not.EqualTo(proposal.Key));
        Assert.That((proposal with { Block = block with { Id = new BlockId(91) } }).Key,
            Is.Not.EqualTo(proposal.Key));
        Assert.That((tc with { View = new View(9) }).Key, Is.Not.EqualTo(tc.Key));
    }
}
