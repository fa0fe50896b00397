using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Statistics;

namespace FlowSim.Analysis.Report;

/// <summary>
/// A study as a table of texts, for a terminal or a page. Every figure carries its interval and n.
/// </summary>
/// <param name="Title">Scenario and number of seeds.</param>
/// <param name="Header">Column headings.</param>
/// <param name="Rows">A row per metric.</param>
/// <param name="Notes">How to read the figures.</param>
public sealed record SummaryTable(
    string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<string> Notes)
{
    private const string NotMeasured = "-";

    /// <summary>
    /// The table of a study: metric, unit, a column per set, and one per difference to the baseline.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="headlines">Only the metrics that a terminal shows.</param>
    public static SummaryTable Of(Study study, bool headlines = false)
    {
        var header = new List<string> { "metric", "unit" };
        for (int i = 0; i < study.Sets.Count; i++)
        {
            header.Add(study.Sets[i]);
            if (i > 0) header.Add($"{study.Sets[i]} − {study.Sets[0]}");
        }

        var rows = new List<IReadOnlyList<string>>();
        foreach (MetricComparison comparison in study.Metrics)
        {
            if (IsListed(comparison) && (!headlines || comparison.Metric.IsHeadline)) rows.Add(RowOf(comparison));
        }

        string title = string.Create(CultureInfo.InvariantCulture, $"{study.Scenario} ({study.Seeds} seeds)");
        return new SummaryTable(title, header, rows, NotesOf(study));
    }

    /// <summary>Columns that <see cref="WriteText"/> takes.</summary>
    public int Width => Widths().Sum(width => width + 3) + 1;

    /// <summary>Writes the same as a list, a line per figure, for terminals narrower than the table.</summary>
    public void WriteList(TextWriter text)
    {
        int width = Header.Skip(2).Max(heading => heading.Length);
        text.Write($"{Title}\n\n");
        foreach (IReadOnlyList<string> row in Rows)
        {
            text.Write($"{row[0]} [{row[1]}]\n");
            for (int i = 2; i < row.Count; i++) text.Write($"  {Header[i].PadRight(width)}  {row[i]}\n");
        }

        WriteNotes(text);
    }

    /// <summary>Writes an aligned Markdown table that also reads as plain text.</summary>
    public void WriteText(TextWriter text)
    {
        int[] widths = Widths();
        text.Write($"{Title}\n\n");
        WriteLine(text, Header, widths);
        for (int i = 0; i < widths.Length; i++) text.Write($"|{new string('-', widths[i] + 2)}");
        text.Write("|\n");
        foreach (IReadOnlyList<string> row in Rows) WriteLine(text, row, widths);
        WriteNotes(text);
    }

    private void WriteNotes(TextWriter text)
    {
        text.Write("\n");
        foreach (string note in Notes) text.Write($"- {note}\n");
    }

    /// <summary>What only some worlds have is listed where one of the sets has it.</summary>
    public static bool IsListed(MetricComparison comparison) =>
        !comparison.Metric.IsOccasional || comparison.Sets.Any(figure => figure.Estimate is not null);

    private static List<string> RowOf(MetricComparison comparison)
    {
        MetricDefinition metric = comparison.Metric;
        var row = new List<string> { metric.Name, metric.Unit };
        for (int i = 0; i < comparison.Sets.Count; i++)
        {
            SetFigure figure = comparison.Sets[i];
            row.Add(FigureText(figure, metric.Decimals));
            if (i > 0) row.Add(DifferenceText(figure.ToBaseline, metric.Decimals));
        }

        return row;
    }

    /// <summary>A figure of a set, and of how many runs if some were not measured.</summary>
    public static string FigureText(SetFigure figure, int decimals)
    {
        if (figure.Estimate is not { } estimate) return NotMeasured;
        string text = estimate.ToText(decimals);
        if (estimate.N == figure.Runs) return text;
        string runs = figure.Runs.ToString(CultureInfo.InvariantCulture);
        return $"{text} of {runs} runs";
    }

    private static string DifferenceText(PairedDifference? difference, int decimals) =>
        difference is null
            ? NotMeasured
            : $"{difference.Estimate.ToSignedText(decimals)} {difference.VerdictText}";

    private static List<string> NotesOf(Study study)
    {
        var notes = new List<string>
        {
            "value ± half-width of the 95 % confidence interval over n seeds (Student's t); "
                + "\"-\" is not measured",
        };
        notes.AddRange(AlikeNotes(study));
        if (study.Sets.Count > 1)
        {
            notes.Add("differences are paired by seed; each interval stands alone: of 20 metrics that do not "
                + "differ, expect one to be called higher or lower");
        }

        foreach (MetricComparison comparison in study.Metrics) AddMagnitudes(notes, comparison);
        return notes;
    }

    /// <summary>What runs that all came out alike say: the bound of Clopper and Pearson's.</summary>
    public static IEnumerable<string> AlikeNotes(Study study)
    {
        if (!study.Metrics.Any(metric => metric.Sets.Any(IsAlike))) yield break;
        yield return FormattableString.Invariant($"all alike: no run differs, so that there is no interval; what came ")
            + FormattableString.Invariant($"in none of {study.Seeds} runs may still come in ")
            + FormattableString.Invariant($"{100 * Proportion.Of(0, study.Seeds).High:0.#} % (95 % confidence)");
    }

    private static bool IsAlike(SetFigure figure) => figure.Estimate is { HasInterval: true, HasSpread: false }
        || figure.ToBaseline is { Estimate: { HasInterval: true, HasSpread: false } };

    /// <summary>How large a figure gets in the tail of runs, which its mean does not say.</summary>
    private static void AddMagnitudes(List<string> notes, MetricComparison comparison)
    {
        MetricDefinition metric = comparison.Metric;
        foreach (SetFigure figure in comparison.Sets)
        {
            if (figure.Magnitudes.Count == 0) continue;
            string quantiles = string.Join(", ", figure.Magnitudes.Select(q => q.ToText(metric.Decimals)));
            string runs = figure.Magnitudes[0].N.ToString(CultureInfo.InvariantCulture);
            notes.Add($"|{metric.Name}| over {runs} runs of {figure.Set}: {quantiles} {metric.Unit}");
        }
    }

    private int[] Widths()
    {
        int[] widths = new int[Header.Count];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = Escaped(Header[i]).Length;
            foreach (IReadOnlyList<string> row in Rows)
            {
                widths[i] = Math.Max(widths[i], Escaped(row[i]).Length);
            }
        }

        return widths;
    }

    private static void WriteLine(TextWriter text, IReadOnlyList<string> cells, int[] widths)
    {
        for (int i = 0; i < widths.Length; i++) text.Write($"| {Escaped(cells[i]).PadRight(widths[i])} ");
        text.Write("|\n");
    }

    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
