using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios.Running;

/// <summary>From runs on record to a grid.</summary>
public static class GridReport
{
    /// <summary>The grid of a scenario's runs; those that are short of their plan are left out.</summary>
    public static GridStudy Of(OnRecord on, ScenarioGrid grid)
    {
        GridText text = grid.Text;
        var bySet = on.Runs.Where(run => CutShort.Reason(run.Run, run.Record) is null)
            .ToLookup(run => run.Run.Set.Name, run => run.Record.Measurement, StringComparer.Ordinal);
        GridCase[] cases = [.. text.Cases.Select(one => new GridCase(one.Name.Text, one.Class))];
        List<GridCell> cells = [];
        double lowest = text.Sensitivities[^1];
        foreach (GridLayer strategy in text.Strategies)
        {
            for (int i = 0; i < cases.Length; i++)
            {
                foreach (double sensitivity in text.Sensitivities)
                {
                    Measurement[] runs = RunsOf(strategy, text.Cases[i], sensitivity);
                    Measurement[]? baseline = i == 0 ? null : RunsOf(strategy, text.Cases[0], sensitivity);
                    cells.Add(GridCell.Of(strategy.Name.Text, cases[i], sensitivity, text.Role, runs, baseline,
                        lowest is > 0 and < 1 ? GridCell.Predicted(cases[i], text.Role,
                            RunsOf(strategy, text.Cases[i], lowest), lowest, sensitivity) : null));
                }
            }
        }

        return new GridStudy(on.Scenario.Name, [.. text.Strategies.Select(strategy => strategy.Name.Text)], cases,
            text.Sensitivities, text.Role, on.Scenario.Seeds.Count, cells, [.. Scores()]);

        Measurement[] RunsOf(GridLayer strategy, GridLayer one, double sensitivity) =>
            [.. bySet[ScenarioGrid.CellOf(strategy, one, sensitivity)]];

        IEnumerable<GridScore> Scores()
        {
            foreach (CriterionText criterion in text.Scoreboard)
            {
                GridCondition[] conditions =
                    [.. criterion.All.Select(condition => new GridCondition(condition.Case.Text, condition.Outcome))];
                foreach (GridLayer strategy in text.Strategies)
                {
                    yield return GridScore.Of(criterion.Name, conditions, strategy.Name.Text, on.Scenario.Seeds,
                        (one, seed) => RunsOf(strategy, LayerOf(one), text.Sensitivities[0])
                            .FirstOrDefault(run => run.Key.Seed == seed));
                }
            }
        }

        GridLayer LayerOf(string one) =>
            text.Cases.First(layer => string.Equals(layer.Name.Text, one, StringComparison.Ordinal));
    }
}
