using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FlowSim.Analysis;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report;
using FlowSim.Analysis.Report.Plots;
using FlowSim.Scenarios.Records;

namespace FlowSim.Scenarios.Running;

/// <summary>A folder of results: records, and per scenario what derives from them.</summary>
/// <remarks>Derived files are replaced whole: written beside their place and renamed.</remarks>
public sealed class ResultsFolder
{
    private readonly string root;

    /// <exception cref="ScenarioException">The folder cannot be written to; nothing was.</exception>
    public ResultsFolder(string root)
    {
        this.root = root;
        Records = new RecordStore(Path.Combine(root, "records"));
        EnsureWritable();
    }

    public RecordStore Records { get; }

    /// <summary>Writes tables, files and figures of one scenario.</summary>
    /// <returns>The scenario's folder.</returns>
    public string Write(string scenarioFile, Study study, IReadOnlyList<Measurement> runs)
    {
        string folder = Path.Combine(root, Path.GetFileNameWithoutExtension(scenarioFile), study.Scenario);
        Directory.CreateDirectory(folder);
        WriteText(folder, "runs.csv", text => RunsCsv.Write(text, runs));
        WriteText(folder, "views.csv", text => ViewsCsv.Write(text, runs));
        WriteText(folder, "summary.md", SummaryTable.Of(study).WriteText);
        WriteFigure(folder, "view-duration", Figures.ViewDuration(runs));
        WriteFigure(folder, "controller-error", Figures.ControllerError(runs));
        WriteFigure(folder, "finality", Figures.Finality(runs));
        return folder;
    }

    private static void WriteFigure(string folder, string name, Figure figure)
    {
        Replace(Path.Combine(folder, name + ".png"), figure.WritePng);
        Replace(Path.Combine(folder, name + ".svg"), figure.WriteSvg);
    }

    private static void WriteText(string folder, string name, Action<TextWriter> write) =>
        Replace(Path.Combine(folder, name), stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            write(text);
        });

    private static void Replace(string path, Action<Stream> write)
    {
        string temporary = $"{path}.tmp.{Environment.ProcessId}";
        try
        {
            using (FileStream file = File.Create(temporary)) write(file);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private void EnsureWritable()
    {
        try
        {
            Directory.CreateDirectory(root);
            string probe = Path.Combine(root, $".probe.{Environment.ProcessId}");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{root}: results cannot be written there ({e.Message}); "
                + "choose a folder with --out");
        }
    }
}
