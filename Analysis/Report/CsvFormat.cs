using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;

namespace FlowSim.Analysis.Report;

/// <summary>The one dialect of CSV files: comma, point, line feed, in every locale.</summary>
public static class CsvFormat
{
    /// <summary>A writer that leaves the text open.</summary>
    public static CsvWriter Writer(TextWriter text) =>
        new(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);

    /// <summary>All digits of a number; what was not measured is empty.</summary>
    public static string Number(double? value) =>
        value is { } known && double.IsFinite(known) ? known.ToString("R", CultureInfo.InvariantCulture) : "";
}
