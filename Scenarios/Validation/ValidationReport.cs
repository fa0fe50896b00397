using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace FlowSim.Scenarios.Validation;

/// <summary>All findings as a Markdown page that is the same whenever and wherever it is made.</summary>
/// <param name="families">The families with what they came to.</param>
public sealed class ValidationReport(IReadOnlyList<(IFigureFamily Family, FamilyResult Result)> families)
{
    /// <summary>Writes the page.</summary>
    public void Write(TextWriter text)
    {
        text.Write($"# FlowSim {Build.Version} against published and closed-form figures\n\n");
        text.Write("Made by `flowsim validate`. A simulated value is a mean over seeds with its 95 % interval and\n");
        text.Write("the number of runs n; where nothing is drawn there is one run and no interval.\n\n");
        text.Write("- **agrees**: shown to be within the margin (two one-sided tests, 5 %)\n");
        text.Write("- **differs**: the 95 % interval lies outside the margin\n");
        text.Write("- **undecided**: more runs would tell\n");
        text.Write("- **fit**: the world was calibrated on this figure, so it is no evidence\n\n");
        text.Write($"{Counts()}\n");
        foreach ((IFigureFamily family, FamilyResult result) in families) Write(text, family, result);
    }

    /// <summary>How many figures came to which verdict.</summary>
    public string Counts()
    {
        Finding[] all = [.. families.SelectMany(family => family.Result.Findings)];
        IEnumerable<string> parts = Enum.GetValues<FigureVerdict>().Select(judgement =>
            string.Create(CultureInfo.InvariantCulture,
                $"{all.Count(finding => finding.Verdict == judgement)} {Word(judgement)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{all.Length} figures: {string.Join(", ", parts)}.");
    }

    private static void Write(TextWriter text, IFigureFamily family, FamilyResult result)
    {
        text.Write($"\n## {family.Title} (`{family.Id}`)\n\n{family.Setup}\n\n");
        text.Write("| figure | what | source | published | simulated | margin | verdict |\n");
        text.Write("|---|---|---|---|---|---|---|\n");
        foreach (Finding finding in result.Findings) text.Write(Row(finding));
        string[] explained =
        [
            .. result.Findings.Where(finding => finding.Explanation.Length > 0)
                .Where(finding => finding.Verdict is FigureVerdict.Differs or FigureVerdict.Undecided)
                .Select(finding => $"- {finding.Figure.Id}: {finding.Explanation}.\n"),
        ];
        if (explained.Length > 0) text.Write("\n");
        foreach (string line in explained) text.Write(line);
        if (result.Notes.Count > 0) text.Write("\n");
        foreach (string line in result.Notes) text.Write(line + "\n");
    }

    private static string Row(Finding finding)
    {
        Figure figure = finding.Figure;
        string format = "F" + figure.Decimals.ToString(CultureInfo.InvariantCulture);
        string expected = figure.Expected.ToString(format, CultureInfo.InvariantCulture);
        string margin = figure.Margin.ToString("0.####", CultureInfo.InvariantCulture);
        return $"| {figure.Id} | {figure.What} | {figure.Source} | {expected} "
            + $"| {finding.SimulatedText()} | ± {margin} | {Word(finding.Verdict)} |\n";
    }

    private static string Word(FigureVerdict judgement) => judgement.ToString().ToLowerInvariant();
}
