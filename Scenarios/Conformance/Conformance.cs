using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using FlowSim.Scenarios.Recorded;

namespace FlowSim.Scenarios;

/// <summary>Asks the simulator's protocol types what flow-go was asked, and compares every recorded
/// answer.</summary>
/// <remarks>
/// A case is a file with one trajectory, or one element of a file that is a list. Everything recorded is
/// compared, except the wording of error messages and what merely repeats an input. The types are the ones a
/// run uses.
/// </remarks>
public static class Conformance
{
    private const int Agreed = 0;
    private const int Differed = 1;
    private const int NotReplayable = 2;

    /// <summary>Replays a folder of families, or one family's folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="output">Gets differences, a line per family, and the total.</param>
    /// <param name="error">Gets one line when the folder cannot be replayed.</param>
    /// <param name="rules">Flow-go's; a test passes others to show that it is noticed.</param>
    /// <returns>0 when all agrees, 1 when something differs, 2 when something cannot be replayed.</returns>
    public static int Run(string directory, TextWriter output, TextWriter error,
        RecordedRules? rules = null)
    {
        try
        {
            return Replay(RecordedFolder.Open(directory, rules ?? RecordedRules.FlowGo), output);
        }
        catch (RecordingException e)
        {
            error.WriteLine(e.Message);
            return NotReplayable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return NotReplayable;
        }
    }

    private static int Replay(RecordedFolder folder, TextWriter output)
    {
        var total = new Comparison(output);
        foreach ((IFamily family, IReadOnlyList<string> files) in folder.Families)
        {
            (int cases, int mismatches) = (total.Cases, total.Mismatches);
            foreach (string file in files) ReplayFile(family, file, total);
            if (total.Cases == cases) throw new RecordingException($"{family.Name}: no case was replayed");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{family.Name}  {files.Count} files  {total.Cases - cases} cases  "
                + $"{total.Mismatches - mismatches} mismatches"));
        }

        if (total.Cases == 0) throw new RecordingException("no case was replayed");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{total.Cases} cases, {total.Mismatches} mismatches"));
        return total.Mismatches == 0 ? Agreed : Differed;
    }

    private static void ReplayFile(IFamily family, string path, Comparison comparison)
    {
        comparison.Enter(family.Name, Path.GetFileName(path));
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            family.Replay(document.RootElement, comparison);
        }
        catch (JsonException e)
        {
            throw new RecordingException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: malformed JSON at line {e.LineNumber + 1} column {e.BytePositionInLine + 1}"));
        }
        catch (Exception e) when (e is RecordingException or FormatException or InvalidOperationException
            or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new RecordingException($"{comparison.Place}: {e.Message}");
        }
    }
}
