using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Scenarios.Format;

namespace FlowSim.Scenarios.Running;

/// <summary>From runs on record to a map.</summary>
public static class MapReport
{
    /// <summary>The map of a scenario's runs.</summary>
    public static MapStudy Of(OnRecord on, ScenarioMap map)
    {
        var byCell = on.Runs.ToLookup(run => run.Run.Set.Name, System.StringComparer.Ordinal);
        List<MapCell> cells = [];
        foreach (LevelText y in map.Text.Y.Levels)
        {
            foreach (LevelText x in map.Text.X.Levels)
            {
                (Measurement, bool)[] runs = [.. byCell[ScenarioMap.CellOf(x, y)].Select(run =>
                    (run.Record.Measurement, CutShort.Reason(run.Run, run.Record) is not null))];
                cells.Add(MapCell.Of(x.Label, y.Label, map.Text.Outcome, runs));
            }
        }

        return new MapStudy(on.Scenario.Name, map.Text.X.Title, map.Text.Y.Title,
            [.. map.Text.X.Levels.Select(level => level.Label)], [.. map.Text.Y.Levels.Select(level => level.Label)],
            map.Text.Outcome, cells);
    }
}
