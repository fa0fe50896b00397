using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>What a transaction asks of a system contract (flow-core-contracts). Most ask nothing.</summary>
public abstract record ContractCall
{
    private ContractCall()
    {
    }

    /// <summary>The key of the content.</summary>
    public abstract ulong Key { get; }

    /// <summary>The node that signs the transaction; null when the service account does.</summary>
    public virtual NodeId? Author => null;

    /// <summary>A participant of the key generation writes on the whiteboard (FlowDKG.cdc, postMessage).</summary>
    /// <param name="Epoch">The epoch that the key is for.</param>
    /// <param name="From">The participant.</param>
    /// <param name="Kind">What it says.</param>
    /// <param name="About">For a complaint the dealer, for an answer the complainer.</param>
    /// <param name="Secret">For a vector, stands for what the dealer drew: 0 but for dealers that lost their disks,
    /// which may deal twice.</param>
    public sealed record DkgPost(ulong Epoch, NodeId From, DkgPostKind Kind, NodeId About, ulong Secret = 0)
        : ContractCall
    {
        public override ulong Key
        {
            get
            {
                ulong key = Mix64.Then(Mix64.Then(Mix64.Then(Mix64.Then(80, Epoch),
                    (ulong)From.Index), (ulong)Kind), (ulong)About.Index);
                return Secret == 0 ? key : Mix64.Then(key, Secret);
            }
        }

        public override NodeId? Author => From;
    }

    /// <summary>A participant states what the key generation came to (FlowDKG.cdc, sendFinalSubmission).</summary>
    /// <param name="Epoch">The epoch that the key is for.</param>
    /// <param name="From">The participant.</param>
    /// <param name="GroupKey">The public key; 0 when it came to none.</param>
    public sealed record DkgResult(ulong Epoch, NodeId From, ulong GroupKey) : ContractCall
    {
        public override ulong Key => Mix64.Then(Mix64.Then(Mix64.Then(81, Epoch), (ulong)From.Index), GroupKey);

        public override NodeId? Author => From;
    }

    /// <summary>A collection node votes for its next cluster's root block (FlowClusterQC.cdc).</summary>
    /// <param name="Epoch">The epoch of the cluster.</param>
    /// <param name="From">The voter.</param>
    public sealed record ClusterVote(ulong Epoch, NodeId From) : ContractCall
    {
        public override ulong Key => Mix64.Then(Mix64.Then(82, Epoch), (ulong)From.Index);

        public override NodeId? Author => From;
    }

    /// <summary>The service account emits an event as it stands: no contract checks it.</summary>
    /// <param name="Event">The event.</param>
    public sealed record Emit(ServiceEvent Event) : ContractCall
    {
        public override ulong Key => Mix64.Then(83, Event.Key);
    }

    /// <summary>The service account sets the version of a height (NodeVersionBeacon.cdc).</summary>
    /// <param name="Boundary">Height and version.</param>
    public sealed record SetBoundary(VersionBoundary Boundary) : ContractCall
    {
        public override ulong Key =>
            Mix64.Then(Mix64.Then(84, Boundary.Height.Value), Mix64.OfText(Boundary.Version));
    }

    /// <summary>The service account takes a boundary back (NodeVersionBeacon.cdc).</summary>
    /// <param name="Height">Its height.</param>
    public sealed record DeleteBoundary(Height Height) : ContractCall
    {
        public override ulong Key => Mix64.Then(85, Height.Value);
    }

    /// <summary>The service account changes how long before a boundary the table may change (NodeVersionBeacon.cdc).
    /// </summary>
    /// <param name="Blocks">Blocks.</param>
    public sealed record SetFreezePeriod(ulong Blocks) : ContractCall
    {
        public override ulong Key => Mix64.Then(86, Blocks);
    }

    /// <summary>Governance makes up the next epoch after fallback (FlowEpoch.cdc, recoverEpoch).</summary>
    /// <remarks>Whoever submits it prepares the event from the state that it knows: an access node does that when the
    /// call comes from a client, and submits <see cref="RecoverEpoch"/>. As it stands no contract takes it.</remarks>
    /// <param name="CounterAhead">Counter beyond the next one, for a mistaken recovery; 0 for a right one.</param>
    /// <param name="FirstViewAhead">First view beyond the right one, for a mistaken recovery.</param>
    public sealed record Recover(ulong CounterAhead, ulong FirstViewAhead) : ContractCall
    {
        public override ulong Key => Mix64.Then(Mix64.Then(87, CounterAhead), FirstViewAhead);
    }

    /// <summary>Governance makes up the next epoch, the event prepared (FlowEpoch.cdc, recoverEpoch).</summary>
    /// <param name="Event">The event; the contract takes it as it stands, and begins that epoch.</param>
    public sealed record RecoverEpoch(ServiceEvent.EpochRecover Event) : ContractCall
    {
        public override ulong Key => Mix64.Then(88, Event.Key);
    }
}

/// <summary>What stands on the whiteboard of the key generation.</summary>
public enum DkgPostKind : byte
{
    /// <summary>A dealer's commitment to its shares.</summary>
    Vector,

    /// <summary>A share has not come, or is wrong.</summary>
    Complaint,

    /// <summary>A dealer shows the share that was complained about.</summary>
    Answer,
}
