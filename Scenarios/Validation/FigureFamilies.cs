using System.Collections.Generic;

namespace FlowSim.Scenarios.Validation;

/// <summary>All families of figures, in the order of the report.</summary>
public static class FigureFamilies
{
    public static IReadOnlyList<IFigureFamily> All { get; } =
    [
        new PacemakerTable(), new OfflineLeaders(), new QuorumDelays(), new CruiseDisturbance(), new CruisePartition(),
        new JolteonLatency(), new MainnetFigures(), new SevenNodes(), new DeadlineClaim(),
        new TransactionLatency(), new CoordinatedPause(),
    ];
}
