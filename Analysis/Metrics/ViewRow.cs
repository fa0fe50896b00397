namespace FlowSim.Analysis.Metrics;

/// <summary>
/// One view as the network saw it. What was not observed is not a number, the leader then −1.
/// </summary>
/// <param name="View">The view.</param>
/// <param name="Leader">Index of the node that published its block.</param>
/// <param name="PublishedSeconds">When the block was sent.</param>
/// <param name="EnteredSeconds">Mean over nodes of when they entered the view.</param>
/// <param name="DurationSeconds">Mean over nodes of how long they stayed, once all who entered have left.</param>
/// <param name="ErrorSeconds">Mean over nodes of the controller's error e; positive is behind
/// schedule.</param>
/// <param name="TargetSeconds">Mean over nodes of the controller's target view duration within its
/// limits.</param>
/// <param name="DelaySeconds">How long the ready proposal waited.</param>
/// <param name="FinalitySeconds">Mean over nodes from publication to finality.</param>
/// <param name="Finalized">Whether the view's block is on the finalized chain.</param>
public readonly record struct ViewRow(
    ulong View, int Leader, double PublishedSeconds, double EnteredSeconds, double DurationSeconds,
    double ErrorSeconds, double TargetSeconds, double DelaySeconds, double FinalitySeconds, bool Finalized);
