using System;
using System.IO;
using System.Threading;
using ScottPlot;
using SkiaSharp;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>The font of every figure, from this assembly and not from the machine.</summary>
/// <remarks>System fonts differ between machines, and so would figures and their bytes.</remarks>
public sealed class EmbeddedFont : IFontResolver
{
    /// <summary>The family; the licence lies beside the font file.</summary>
    public const string Family = "DejaVu Sans";

    private static readonly Lock Gate = new();
    private static readonly SKData File = Load();
    private static bool isRegistered;

    private EmbeddedFont()
    {
    }

    /// <summary>Puts the font ahead of the machine's fonts; once is enough, more does no harm.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (isRegistered) return;
            Fonts.FontResolvers.Insert(0, new EmbeddedFont());
            Fonts.Default = Family;
            isRegistered = true;
        }
    }

    public SKTypeface? CreateTypeface(
        string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Resolve(fontName);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Resolve(fontName);

    private static SKTypeface? Resolve(string name) =>
        string.Equals(name, Family, StringComparison.Ordinal) ? SKTypeface.FromData(File) : null;

    private static SKData Load()
    {
        using Stream stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")
            ?? throw new FileNotFoundException("The figures' font is not in the assembly.");
        return SKData.Create(stream);
    }
}
