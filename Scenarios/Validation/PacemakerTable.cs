using System.Collections.Generic;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Validation;

/// <summary>How the timeout grows with failed rounds.</summary>
internal sealed class PacemakerTable : IFigureFamily
{
    private static readonly int[] Rounds = [0, 1, 6, 7, 10, 20, 28, 29, 40];
    private static readonly int[] Sums = [1, 2, 6, 10, 20, 29];

    public string Id => "pacemaker";

    public string Title => "Timeouts round by round";

    public string Setup =>
        "The timeout controller alone with a consensus node's defaults (1,045 ms, growth 1.2 after 6 failures, at most "
        + "60 s). flow-go cuts a timeout to whole milliseconds, hence the margin of a millisecond per round.";

    public FamilyResult Measure(Workbench bench)
    {
        double[] timeouts = new double[41];
        var controller = new TimeoutController(PacemakerConfig.ConsensusDefault);
        for (int round = 0; round < timeouts.Length; round++)
        {
            timeouts[round] = controller.Timeout.TotalSeconds;
            controller.OnTimeout();
        }

        List<Finding> findings = [];
        foreach (int round in Rounds)
            findings.Add(Of($"PM-T-{round}", "timeout after failed rounds, s", 1, timeouts[round]));
        foreach (int count in Sums)
        {
            double sum = 0;
            for (int round = 0; round < count; round++) sum += timeouts[round];
            findings.Add(Of($"PM-SUM-{count}", "time spent in failed rounds, s", count, sum));
        }

        return new FamilyResult(findings, []);
    }

    private static Finding Of(string row, string what, int rounds, double value) => Finding.Exact(
        new Figure(row, what, "closed form",
            ClosedForms.Value(row), 0.001 * rounds), value);
}
