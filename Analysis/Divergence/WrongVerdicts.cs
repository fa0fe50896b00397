namespace FlowSim.Analysis.Divergence;

/// <summary>D7: a right chunk that only nodes found a fault in: none of its verifiers behaves as specified.</summary>
/// <remarks>Faults are never looked at again, so the block waits for more receipts or an emergency seal.</remarks>
public sealed class MissingApproval : IOutcome
{
    public static readonly OutcomeKind Kind = new("d7-missing-approvals", "chunks",
        "D7: right chunks that some verifier found at fault and none approved", () => new MissingApproval());

    public long Count { get; private set; }

    public void Settled(Scene scene, BlockFacts block)
    {
        foreach (ResultFacts facts in block.Results)
        {
            for (int chunk = 0; chunk < facts.Faults.Length; chunk++)
            {
                bool isMissing = !facts.IsWrongChunk(chunk) && facts.Faults[chunk] > 0 && facts.Approvals[chunk] == 0;
                Count += isMissing ? 1 : 0;
            }
        }
    }
}

/// <summary>D8: a verification node approves a wrong chunk, as it is wrong in the same way.</summary>
public sealed class WrongApproval : IOutcome
{
    public static readonly OutcomeKind Kind = new("d8-wrong-approvals", "approvals",
        "D8: approvals of chunks that do not follow from their start as specified", () => new WrongApproval());

    public long Count { get; private set; }

    public void Judged(Scene scene, in Verdict verdict) =>
        Count += verdict is { IsApproved: true, IsWrong: true } ? 1 : 0;
}
