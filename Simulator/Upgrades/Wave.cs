using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>A part of a rollout's nodes: of each role the next ones in the order of lots.</summary>
/// <remarks>A new one is a record of its own and a line in the format.</remarks>
/// <param name="Soak">How long to wait after its last restart before the next wave.</param>
public abstract record Wave(SimDuration Soak)
{
    /// <summary>By how much it raises the share of each role that is due, per million.</summary>
    public virtual long RaisePerMillion => 0;

    /// <summary>The place after its last one among a role's deciders.</summary>
    public abstract int Until(Standing at);

    /// <summary>So many nodes of each role.</summary>
    public sealed record Canaries(int PerRole, SimDuration Soak) : Wave(Soak)
    {
        public override int Until(Standing at) => int.Min(at.Next + PerRole, at.Count);
    }

    /// <summary>Such a share of each role's nodes, on top of the waves before.</summary>
    public sealed record Share(long PerMillion, SimDuration Soak) : Wave(Soak)
    {
        private const long Million = 1_000_000;

        public override long RaisePerMillion => PerMillion;

        public override int Until(Standing at) => (int)((at.Count * at.DuePerMillion + Million / 2) / Million);
    }

    /// <summary>All of a role who were in no wave before.</summary>
    public sealed record OfRole(Role Role, SimDuration Soak) : Wave(Soak)
    {
        public override int Until(Standing at) => at.Role == Role ? at.Count : at.Next;
    }

    /// <summary>All who were in no wave before.</summary>
    public sealed record Rest(SimDuration Soak) : Wave(Soak)
    {
        public override int Until(Standing at) => at.Count;
    }
}

/// <summary>How far the waves before one got with a role.</summary>
/// <param name="Role">The role.</param>
/// <param name="Next">The place of the first decider who was in none.</param>
/// <param name="Count">How many deciders there are.</param>
/// <param name="DuePerMillion">The share that is due, with the wave's own.</param>
public readonly record struct Standing(Role Role, int Next, int Count, long DuePerMillion);
