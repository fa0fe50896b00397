using System;
using System.Collections.Generic;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;

namespace FlowSim.Analysis.Divergence;

/// <summary>A row of a grid: what happens, and which starts are counted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">The class of starts; null for all but first ones.</param>
public sealed record GridCase(string Name, RejoinClass? Class);

/// <summary>Strategies of upgrades against cases, at several sensitivities.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Strategies">The columns.</param>
/// <param name="Cases">The rows; what others lose is held against the first.</param>
/// <param name="Sensitivities">Falling.</param>
/// <param name="Role">Whose starts count; null for everybody's.</param>
/// <param name="Seeds">Runs planned per cell.</param>
/// <param name="Cells">By strategy, then case, then sensitivity.</param>
/// <param name="Scoreboard">By criterion, then strategy.</param>
public sealed record GridStudy(
    string Scenario, IReadOnlyList<string> Strategies, IReadOnlyList<GridCase> Cases,
    IReadOnlyList<double> Sensitivities, Role? Role, int Seeds, IReadOnlyList<GridCell> Cells,
    IReadOnlyList<GridScore> Scoreboard)
{
    /// <summary>The cell of a strategy and a case at a sensitivity.</summary>
    public GridCell Cell(string strategy, GridCase one, double sensitivity)
    {
        foreach (GridCell cell in Cells)
        {
            if (string.Equals(cell.Strategy, strategy, StringComparison.Ordinal) && cell.Case == one
                && cell.Sensitivity == sensitivity) return cell;
        }

        throw new ArgumentOutOfRangeException(nameof(strategy));
    }
}

/// <summary>A condition that the runs of a case must meet.</summary>
/// <param name="Case">The name of the case.</param>
/// <param name="Outcome">The condition.</param>
public sealed record GridCondition(string Case, Outcome Outcome);

/// <summary>What a strategy comes to by one criterion.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Conditions">All must hold under a seed.</param>
/// <param name="Strategy">The strategy.</param>
/// <param name="Met">Seeds under which it is met.</param>
/// <param name="Seeds">Seeds under which all its cases are on record.</param>
/// <param name="Planned">Seeds in all.</param>
public sealed record GridScore(
    string Criterion, IReadOnlyList<GridCondition> Conditions, string Strategy, int Met, int Seeds, int Planned)
{
    /// <summary>Judges a strategy.</summary>
    /// <param name="criterion">Its name.</param>
    /// <param name="conditions">What it asks.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="seeds">The seeds planned.</param>
    /// <param name="runOf">The run of a case under a seed; null when it is not on record or short of its plan.</param>
    public static GridScore Of(string criterion, IReadOnlyList<GridCondition> conditions, string strategy,
        IReadOnlyList<ulong> seeds, Func<string, ulong, Measurement?> runOf)
    {
        (int met, int known) = (0, 0);
        foreach (ulong seed in seeds)
        {
            (bool isMet, bool isKnown) = (true, true);
            foreach (GridCondition condition in conditions)
            {
                Measurement? run = runOf(condition.Case, seed);
                isKnown &= run is not null;
                isMet &= run is not null && condition.Outcome.IsMet(run[condition.Outcome.Metric.Name]);
            }

            known += isKnown ? 1 : 0;
            met += isKnown && isMet ? 1 : 0;
        }

        return new GridScore(criterion, conditions, strategy, met, known, seeds.Count);
    }

    /// <summary>Met only where every seed is; a strategy that meets it sometimes does not meet it.</summary>
    public string Verdict =>
        Seeds < Planned ? "incomplete" : Met == Seeds ? "met" : Met == 0 ? "not met" : "not always";
}
