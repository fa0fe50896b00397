namespace FlowSim.Analysis.Divergence;

/// <summary>D1: a node executes a block or judges a chunk by another behaviour than the specified one, and it makes no
/// difference.</summary>
public sealed class VersionExposure : IOutcome
{
    public static readonly OutcomeKind Kind = new("d1-exposures", "times",
        "D1: blocks executed and chunks judged by another behaviour than the specified one, with the specified outcome",
        () => new VersionExposure());

    public long Count { get; private set; }

    public void Executed(Scene scene, in Execution execution) =>
        Count += execution.IsExposed && !execution.Facts.HasWrongChunk ? 1 : 0;

    public void Judged(Scene scene, in Verdict verdict) =>
        Count += verdict is { IsExposed: true, IsWrong: false } ? 1 : 0;
}
