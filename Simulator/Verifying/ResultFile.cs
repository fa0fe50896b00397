using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Verifying;

/// <summary>What a verification node knows of one result on its finalized chain.</summary>
/// <param name="result">The result.</param>
internal sealed class ResultFile(ExecutionResult result)
{
    private readonly List<NodeId> executors = [];

    public ExecutionResult Result { get; } = result;

    /// <summary>Who signed it, in the order of the chain.</summary>
    public IReadOnlyList<NodeId> Executors => executors;

    /// <summary>The node's own approvals of its chunks.</summary>
    public List<ResultApproval> Approvals { get; } = [];

    /// <summary>Approvals that wait until the result before is known to be good.</summary>
    public List<ResultApproval> Withheld { get; } = [];

    /// <summary>Whether the node came to another end of one of its chunks.</summary>
    public bool HasFault { get; set; }

    public void AddExecutor(NodeId executor)
    {
        if (!executors.Contains(executor)) executors.Add(executor);
    }

    public ResultApproval? ApprovalOf(int chunk)
    {
        foreach (ResultApproval approval in Approvals)
        {
            if (approval.Chunk == chunk) return approval;
        }

        return null;
    }

    public ResultFile Copy()
    {
        var copy = new ResultFile(Result) { HasFault = HasFault };
        copy.executors.AddRange(executors);
        copy.Approvals.AddRange(Approvals);
        copy.Withheld.AddRange(Withheld);
        return copy;
    }
}
