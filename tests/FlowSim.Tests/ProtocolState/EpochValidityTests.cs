using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.ProtocolState;

/// <summary>Sound and unsound setups and commits; the cases of flow-go's validity_test.go.</summary>
public sealed class EpochValidityTests
{
    private static readonly ServiceEvent.EpochSetup Setup = SomeEpochs.Setup(2, 1_100);
    private static readonly ServiceEvent.EpochCommit Commit = SomeEpochs.Commit(Setup);

    private static IEnumerable<TestCaseData> Setups()
    {
        yield return Case("sound", EpochEventFault.None, Setup);
        yield return Case("too short a random source", EpochEventFault.WrongRandomSource,
            Setup with { RandomSource = new byte[15] });
        EpochViews views = Setup.Views;
        yield return Case("first phase ends at the first view", EpochEventFault.ViewsOutOfOrder,
            Setup with { Views = views with { Phase1Final = views.FirstView } });
        yield return Case("second phase ends with the first", EpochEventFault.ViewsOutOfOrder,
            Setup with { Views = views with { Phase2Final = views.Phase1Final } });
        yield return Case("third phase ends with the second", EpochEventFault.ViewsOutOfOrder,
            Setup with { Views = views with { Phase3Final = views.Phase2Final } });
        yield return Case("epoch ends with the third phase", EpochEventFault.ViewsOutOfOrder,
            Setup with { Views = views with { FinalView = views.Phase3Final } });
        yield return Case("a participant twice", EpochEventFault.DuplicateParticipant,
            Setup with { Participants = [.. Setup.Participants, Setup.Participants[0]] });
        yield return Case("participants out of order", EpochEventFault.ParticipantsOutOfOrder,
            Setup with { Participants = [.. Setup.Participants.Reverse()] });
        foreach (Role role in new[] { Role.Consensus, Role.Collection, Role.Execution, Role.Verification })
        {
            yield return Case($"no {role} node", EpochEventFault.RoleMissing, SomeEpochs.Setup(2, 1_100,
                [.. SomeEpochs.Members.Where(m => m.Role != role)]));
            yield return Case($"no {role} node with weight", EpochEventFault.RoleMissing, SomeEpochs.Setup(2, 1_100,
                [.. SomeEpochs.Members.Select(m => m.Role == role ? m with { InitialWeight = 0 } : m)]));
        }

        yield return Case("no access node", EpochEventFault.None, SomeEpochs.Setup(2, 1_100,
            [.. SomeEpochs.Members.Where(m => m.Role != Role.Access)]));
        yield return Clusters("no cluster");
        yield return Clusters("a node in no cluster", [2]);
        yield return Clusters("a node in two clusters", [2, 3], [3]);
        yield return Clusters("a node twice in a cluster", [2, 3, 3]);
        yield return Clusters("an empty cluster", [2, 3], []);
        yield return Clusters("an unknown node", [2, 3], [99]);
        yield return Clusters("a node of another role", [2, 3], [4]);
        yield return Clusters("a cluster out of order", [3, 2]);
    }

    [TestCaseSource(nameof(Setups))]
    public void Setup_is(EpochEventFault fault, ServiceEvent.EpochSetup setup) =>
        Assert.That(EpochValidity.Of(setup), Is.EqualTo(fault));

    private static IEnumerable<TestCaseData> Commits()
    {
        yield return Case("sound", EpochEventFault.None, Commit);
        yield return Case("another counter", EpochEventFault.WrongCounter, Commit with { Counter = 3 });
        yield return Case("too few certificates", EpochEventFault.WrongClusterVotes,
            Commit with { ClusterVotes = [.. Commit.ClusterVotes.Skip(1)] });
        yield return Case("no group key", EpochEventFault.NoGroupKey, Commit with { GroupKey = 0 });
        yield return Case("more keys than shares", EpochEventFault.WrongShares,
            Commit with { ParticipantKeys = [1, 2, 3] });
        yield return Case("a share twice", EpochEventFault.WrongShares, Shared((0, 0), (1, 0)));
        yield return Case("a share beyond the last", EpochEventFault.WrongShares, Shared((0, 0), (1, 2)));
        yield return Case("a holder from outside the committee", EpochEventFault.None, Shared((0, 0), (99, 1)));
        yield return Case("one of four holders in the committee", EpochEventFault.TooFewShareHolders,
            Shared((0, 0), (97, 1), (98, 2), (99, 3)));
        yield return Case("two of four holders in the committee", EpochEventFault.None,
            Shared((0, 0), (1, 1), (98, 2), (99, 3)));
        yield return Case("holders of other roles", EpochEventFault.TooFewShareHolders, Shared((2, 0), (4, 1)));
    }

    [TestCaseSource(nameof(Commits))]
    public void Commit_is(EpochEventFault fault, ServiceEvent.EpochCommit commit) =>
        Assert.That(EpochValidity.Of(commit, Setup), Is.EqualTo(fault));

    [TestCase(1, 0)]
    [TestCase(2, 1)]
    [TestCase(3, 1)]
    [TestCase(4, 2)]
    [TestCase(5, 3)]
    [TestCase(7, 4)]
    [TestCase(10, 6)]
    [TestCase(88, 54)]
    [TestCase(94, 58)]
    [TestCase(100, 62)]
    public void Share_holders_needed_in_the_committee(int shares, int needed) =>
        Assert.That(EpochValidity.RandomBeaconSafetyThreshold(shares), Is.EqualTo(needed));

    private static TestCaseData Clusters(string name, params int[][] clusters) =>
        Case(name, EpochEventFault.BadClusters, Setup with
        {
            Clusters = [.. clusters.Select(cluster => cluster.Select(index => new NodeId(index)).ToArray())],
        });

    private static ServiceEvent.EpochCommit Shared(params (int Node, int Index)[] holders) => Commit with
    {
        ParticipantKeys = [.. holders.Select(h => (ulong)h.Index)],
        ShareHolders = [.. holders.Select(h => new ShareHolder(new NodeId(h.Node), h.Index))],
    };

    private static TestCaseData Case(string name, EpochEventFault fault, ServiceEvent e) =>
        new TestCaseData(fault, e).SetArgDisplayNames(name);
}
