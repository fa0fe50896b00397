using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FlowSim.Analysis;
using FlowSim.Analysis.Divergence;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Analysis.Report.Plots;
using FlowSim.Scenarios.Reading;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Running;

/// <summary>A folder of results: records, and per scenario what derives from them.</summary>
/// <remarks>Derived files are replaced whole: written beside their place and renamed.</remarks>
public sealed class ResultsFolder
{
    private readonly string root;

    /// <param name="root">The folder as its user wrote it.</param>
    /// <param name="damaged">Told of every damaged record.</param>
    /// <exception cref="ScenarioException">The folder cannot be written to; nothing was.</exception>
    public ResultsFolder(string root, Action<string> damaged)
    {
        this.root = root;
        Records = new RecordStore(Path.Combine(root, "records"), damaged);
        EnsureWritable();
    }

    public RecordStore Records { get; }

    /// <summary>Writes tables, files and figures of one scenario.</summary>
    /// <returns>The scenario's folder.</returns>
    public string Write(string scenarioFile, Study study, SummaryTable summary, IReadOnlyList<Measurement> runs)
    {
        string folder = FolderOf(scenarioFile, study.Scenario);
        WriteText(folder, "runs.csv", text => RunsCsv.Write(text, runs));
        WriteText(folder, "views.csv", text => ViewsCsv.Write(text, runs));
        WriteText(folder, "summary.md", summary.WriteText);
        WriteDivergence(folder, runs);
        WriteFigure(folder, "view-duration", Figures.ViewDuration(runs));
        WriteFigure(folder, "controller-error", Figures.ControllerError(runs));
        WriteFigure(folder, "finality", Figures.Finality(runs));
        return folder;
    }

    /// <summary>Writes what a comparison of one scenario came to.</summary>
    /// <returns>The scenario's folder.</returns>
    public string Write(string scenarioFile, JudgedStudy judged, SummaryTable table, Picture differences)
    {
        string folder = FolderOf(scenarioFile, judged.Study.Scenario);
        WriteText(folder, "compare.md", table.WriteText);
        WriteText(folder, "compare.csv", text => CompareCsv.Write(text, judged));
        WriteFigure(folder, "compare", differences);
        return folder;
    }

    /// <summary>Writes what a map came to.</summary>
    /// <returns>The scenario's folder.</returns>
    public string Write(string scenarioFile, MapStudy map, SummaryTable table, IReadOnlyList<Measurement> runs)
    {
        string folder = FolderOf(scenarioFile, map.Scenario);
        WriteText(folder, "runs.csv", text => RunsCsv.Write(text, runs));
        WriteText(folder, "map.csv", text => MapTable.WriteCsv(text, map));
        WriteText(folder, "map.md", table.WriteText);
        WriteDivergence(folder, runs);
        WriteFigure(folder, "map", new HeatMap(map));
        return folder;
    }

    /// <summary>Writes what a grid came to.</summary>
    /// <returns>The scenario's folder.</returns>
    public string Write(
        string scenarioFile, GridStudy grid, IReadOnlyList<SummaryTable> tables, IReadOnlyList<Measurement> runs)
    {
        string folder = FolderOf(scenarioFile, grid.Scenario);
        WriteText(folder, "runs.csv", text => RunsCsv.Write(text, runs));
        WriteText(folder, "grid.csv", text => GridCsv.WriteCells(text, grid));
        WriteText(folder, "scoreboard.csv", text => GridCsv.WriteScores(text, grid));
        WriteText(folder, "grid.md", text =>
        {
            foreach (SummaryTable table in tables)
            {
                table.WriteText(text);
                text.Write("\n");
            }
        });
        WriteDivergence(folder, runs);
        return folder;
    }

    private string FolderOf(string scenarioFile, string scenario) =>
        Directory.CreateDirectory(Path.Combine(root, FolderOf(scenarioFile), scenario)).ToString();

    /// <remarks>A file called "...yaml" must not lead out of the results folder.</remarks>
    private static string FolderOf(string scenarioFile)
    {
        string name = Path.GetFileNameWithoutExtension(scenarioFile);
        return name.Trim('.').Length > 0 ? name : "scenarios";
    }

    /// <remarks>Only where processes started again, or first ones were exposed.</remarks>
    private static void WriteDivergence(string folder, IReadOnlyList<Measurement> runs)
    {
        if (RatesTable.Of(runs) is not { } rates) return;
        WriteText(folder, "divergence.md", rates.WriteText);
        WriteText(folder, "divergence.csv", text => DivergenceCsv.Write(text, runs));
    }

    private static void WriteFigure(string folder, string name, Picture figure)
    {
        NewFile.Replace(Path.Combine(folder, name + ".png"), figure.WritePng);
        NewFile.Replace(Path.Combine(folder, name + ".svg"), figure.WriteSvg);
    }

    private static void WriteText(string folder, string name, Action<TextWriter> write) =>
        NewFile.Replace(Path.Combine(folder, name), stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            write(text);
        });

    private void EnsureWritable()
    {
        if (root.Length == 0) throw new ScenarioException("--out is empty; choose a folder");
        string probe = Path.Combine(root, $".probe.{Environment.ProcessId}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(root);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{root}: results cannot be written there "
                + $"({InputFile.Reason(e, root, root)}); choose another folder with --out");
        }
    }
}
