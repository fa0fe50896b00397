using FlowSim.Chain;

namespace FlowSim.Executing;

/// <summary>Holds a node's state against the one that the chain sealed.</summary>
/// <remarks>
/// flow-go engine/execution/checker/core.go. Blind while the node has executed no block whose seal it can compare with.
/// </remarks>
internal static class SelfCheck
{
    /// <summary>Compares at the last sealed block, or, when that is not executed, at the latest that the last executed
    /// block knows to be sealed.</summary>
    /// <param name="plan">The node's blocks.</param>
    /// <param name="latest">The newest finalized seal.</param>
    /// <param name="ofRoot">The root's.</param>
    /// <returns>The contradiction; null when there is none.</returns>
    public static Notice.Diverged? Of(ExecutionPlan plan, Seal latest, Seal ofRoot)
    {
        Seal seal = plan.Find(latest.BlockId)?.Result is null
            ? Seal.LastAsOf(plan.LastExecuted.Block, ofRoot)
            : latest;
        return plan.Find(seal.BlockId)?.Result is { } own && own.End != seal.Result.End
            ? new Notice.Diverged(seal, own.End)
            : null;
    }
}
