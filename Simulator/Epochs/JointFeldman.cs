using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Epochs;

/// <summary>What a key generation came to at one participant.</summary>
/// <param name="GroupKey">The group's public key; 0 when it failed.</param>
/// <param name="HasShare">Whether the participant holds a private share of it.</param>
public readonly record struct DkgOutcome(ulong GroupKey, bool HasShare);

/// <summary>One participant's side of the Joint-Feldman key generation: every participant deals a secret, the key is
/// the sum over the dealers that are qualified in the end (crypto, dkg_jointfeldman.go, dkg_feldmanvssq.go).</summary>
/// <remarks>
/// Nobody lies here: what a dealer sends is right, or is lost. As in flow-go a participant knows its own words without
/// reading them, so one whose posts never reach the whiteboard comes to another key than all others. So does one that
/// lost its disk and deals anew: of a dealer's vectors the first counts. A share of its second dealing that somebody
/// takes for want of the first is not told apart, nor are two dealings of a node that joined from a snapshot twice.
/// </remarks>
public sealed class JointFeldman
{
    private readonly ulong epoch;
    private readonly IReadOnlyList<NodeId> participants;
    private readonly Dictionary<NodeId, int> places = [];
    private readonly Dealer[] dealers;
    private readonly int self;
    private bool sharesEnded;
    private bool complaintsEnded;

    /// <param name="epoch">The epoch that the key is for.</param>
    /// <param name="participants">Ascending; the node is among them.</param>
    /// <param name="node">Whose side it is.</param>
    public JointFeldman(ulong epoch, IReadOnlyList<NodeId> participants, NodeId node)
    {
        (this.epoch, this.participants) = (epoch, participants);
        Threshold = Quorum.BeaconShares(participants.Count) - 1;
        dealers = new Dealer[participants.Count];
        for (int i = 0; i < dealers.Length; i++)
        {
            places.Add(participants[i], i);
            dealers[i] = new Dealer(dealers.Length);
        }

        self = places[node];
    }

    /// <summary>The most dealers that may fail: t.</summary>
    public int Threshold { get; }

    private NodeId Self => participants[self];

    /// <summary>The node deals its own secret.</summary>
    /// <param name="secret">Stands for it.</param>
    /// <returns>What it writes on the whiteboard.</returns>
    public ContractCall.DkgPost Deal(ulong secret = 0)
    {
        dealers[self].TakeVector(secret);
        dealers[self].HasShare = true;
        return Says(DkgPostKind.Vector, Self) with { Secret = secret };
    }

    /// <summary>A private share comes in.</summary>
    public void TakeShare(NodeId from)
    {
        if (!sharesEnded && places.TryGetValue(from, out int dealer)) dealers[dealer].HasShare = true;
    }

    /// <summary>A post is read from the whiteboard; the node's own are passed over.</summary>
    /// <returns>What the node says to it; null when nothing.</returns>
    public ContractCall.DkgPost? Read(ContractCall.DkgPost post)
    {
        if (post.Epoch != epoch || post.From == Self || !places.TryGetValue(post.From, out int from)
            || !places.TryGetValue(post.About, out int about)) return null;
        switch (post.Kind)
        {
            case DkgPostKind.Vector when !sharesEnded:
                dealers[from].TakeVector(post.Secret);
                break;
            case DkgPostKind.Complaint when !complaintsEnded && from != about && dealers[about].Complain(from):
                if (about == self)
                {
                    dealers[self].Answered[from] = true;
                    return Says(DkgPostKind.Answer, post.From);
                }

                break;
            case DkgPostKind.Answer:
                dealers[from].Answered[about] = true;
                break;
        }

        return null;
    }

    /// <summary>The first phase is over: dealers without a vector are out, missing shares are complained about.
    /// </summary>
    /// <returns>What the node writes on the whiteboard.</returns>
    public IReadOnlyList<ContractCall.DkgPost> EndShares()
    {
        List<ContractCall.DkgPost> says = [];
        sharesEnded = true;
        for (int i = 0; i < dealers.Length; i++)
        {
            if (!dealers[i].HasVector) dealers[i].IsOut = true;
            else if (!dealers[i].HasShare)
            {
                dealers[i].Complain(self);
                says.Add(Says(DkgPostKind.Complaint, participants[i]));
            }
        }

        return says;
    }

    /// <summary>The second phase is over: dealers with too many complaints are out, answered or not.</summary>
    public void EndComplaints()
    {
        complaintsEnded = true;
        foreach (Dealer dealer in dealers)
        {
            if (dealer.Contested > Threshold) dealer.IsOut = true;
        }
    }

    /// <summary>The third phase is over: dealers that owe an answer are out.</summary>
    public DkgOutcome End()
    {
        ulong key = Mix64.Then(86, epoch);
        int qualified = 0;
        bool hasShare = true;
        for (int i = 0; i < dealers.Length; i++)
        {
            if (dealers[i].IsOut || dealers[i].OwesAnswer) continue;
            qualified++;
            key = Mix64.Then(key, (ulong)participants[i].Index);
            if (dealers[i].Secret != 0) key = Mix64.Then(key, dealers[i].Secret);
            hasShare &= dealers[i].HasShare || dealers[i].Answered[self];
        }

        bool failed = dealers.Length - qualified > Threshold || qualified <= Threshold;
        return failed ? default : new DkgOutcome(key, hasShare);
    }

    private ContractCall.DkgPost Says(DkgPostKind kind, NodeId about) => new(epoch, Self, kind, about);

    /// <summary>What a participant knows of a dealer.</summary>
    private sealed class Dealer(int participants)
    {
        private readonly bool[] complained = new bool[participants];

        public bool HasVector { get; private set; }

        /// <summary>Of its first vector.</summary>
        public ulong Secret { get; private set; }

        public bool HasShare { get; set; }

        public bool IsOut { get; set; }

        public bool[] Answered { get; } = new bool[participants];

        /// <summary>Participants whose shares are public or contested.</summary>
        public int Contested => Count(answersToo: true);

        public bool OwesAnswer => Count(answersToo: false) > 0;

        public void TakeVector(ulong secret)
        {
            if (!HasVector) (HasVector, Secret) = (true, secret);
        }

        /// <returns>False if the dealer is out, or the complaint known.</returns>
        public bool Complain(int from)
        {
            if (IsOut || complained[from]) return false;
            complained[from] = true;
            return true;
        }

        private int Count(bool answersToo)
        {
            int count = 0;
            for (int i = 0; i < complained.Length; i++)
            {
                if (answersToo ? complained[i] || Answered[i] : complained[i] && !Answered[i]) count++;
            }

            return count;
        }
    }
}
