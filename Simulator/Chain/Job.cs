using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>Work that a core begins and that takes the world's time; the core hears when it is done.</summary>
public abstract record Job
{
    private Job()
    {
    }

    /// <summary>Names the job in draws; a repetition is another occasion.</summary>
    public abstract ulong Occasion { get; }

    /// <summary>An execution node executes a block.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Transactions">How many it contains.</param>
    public sealed record Execute(Block Block, int Transactions) : Job
    {
        public override ulong Occasion => Mix64.Then(70, Block.Id.Value);
    }

    /// <summary>An execution node loads its state from disk after a restart.</summary>
    public sealed record LoadState : Job
    {
        public override ulong Occasion => 71;
    }

    /// <summary>An execution node finds the process that holds its state after a restart.</summary>
    public sealed record ReachLedger : Job
    {
        public override ulong Occasion => 74;
    }

    /// <summary>A verification node executes a chunk again.</summary>
    /// <param name="Result">The result.</param>
    /// <param name="Chunk">The chunk's place.</param>
    public sealed record Verify(ExecutionResult Result, int Chunk) : Job
    {
        public override ulong Occasion => Mix64.Then(Mix64.Then(72, Result.Id.Value), (ulong)Chunk);
    }

    /// <summary>A cluster's leader builds its proposal, and publishes it then or at its target.</summary>
    /// <param name="Proposal">The proposal, in its cluster's envelope.</param>
    /// <param name="Target">When to publish at the earliest, by the node's own clock.</param>
    public sealed record PublishInCluster(Message.OfCluster Proposal, SimTime Target) : Job
    {
        public override ulong Occasion => Proposal.Occasion;
    }

    /// <summary>An access node takes a client's call.</summary>
    /// <param name="Call">Names the call.</param>
    public sealed record Serve(ClientCall Call) : Job
    {
        public override ulong Occasion => Mix64.Then(73, Call.Id);
    }
}

/// <summary>What a client wants of an access node.</summary>
/// <param name="Id">Unique in the run; a transaction's identity.</param>
/// <param name="IsScript">Whether it is a script to run, and no transaction.</param>
/// <param name="Bytes">Size of the transaction.</param>
/// <param name="Gas">Its computation limit.</param>
/// <param name="Contract">What it asks of a system contract; most ask nothing.</param>
public sealed record ClientCall(ulong Id, bool IsScript, long Bytes, long Gas, ContractCall? Contract = null);
