using System.IO;
using System.Text;
using ScottPlot;

namespace FlowSim.Analysis.Report.Plots;

/// <summary>What can be drawn as PNG and as SVG, for a projector and for print without colour.</summary>
public abstract record Picture
{
    /// <summary>Width in pixels.</summary>
    public const int Width = 1600;

    /// <summary>Height in pixels.</summary>
    public virtual int Height => 1000;

    public void WritePng(Stream stream)
    {
        using Plot plot = Draw(isSvg: false);
        stream.Write(plot.GetImage(Width, Height).GetImageBytes(ImageFormat.Png));
    }

    public void WriteSvg(Stream stream)
    {
        using Plot plot = Draw(isSvg: true);
        stream.Write(Encoding.UTF8.GetBytes(Mended(SvgIds.Renumber(plot.GetSvgXml(Width, Height)))));
    }

    /// <summary>The drawing; patterns do not survive in SVG and are put in by <see cref="Mended"/>.</summary>
    protected abstract Plot Draw(bool isSvg);

    /// <summary>What the drawing library left out of an SVG.</summary>
    protected virtual string Mended(string svg) => svg;
}
