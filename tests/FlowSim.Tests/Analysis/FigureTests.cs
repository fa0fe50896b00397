using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FlowSim.Analysis.Metrics;
using FlowSim.Analysis.Report.Plots;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class FigureTests
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static IEnumerable<TestCaseData> Drawings()
    {
        yield return new TestCaseData((Func<IReadOnlyList<Measurement>, Figure>)Figures.ViewDuration);
        yield return new TestCaseData((Func<IReadOnlyList<Measurement>, Figure>)Figures.ControllerError);
        yield return new TestCaseData((Func<IReadOnlyList<Measurement>, Figure>)Figures.Finality);
    }

    [TestCaseSource(nameof(Drawings))]
    public void DrawnTwiceAFigureIsTheSameBytes(Func<IReadOnlyList<Measurement>, Figure> draw)
    {
        byte[] once = Png(draw(Runs()));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(once[..8], Is.EqualTo(PngSignature));
            Assert.That(Png(draw(Runs())), Is.EqualTo(once));
            Assert.That(once, Is.Not.EqualTo(Png(draw([Run("alone", 1)]))));
        }
    }

    [TestCaseSource(nameof(Drawings))]
    public void DrawnTwiceAnSvgIsTheSameText(Func<IReadOnlyList<Measurement>, Figure> draw)
    {
        string once = Svg(draw(Runs()));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(once, Does.Contain("url(#id_1)"));
            Assert.That(Svg(draw(Runs())), Is.EqualTo(once));
        }
    }

    [TestCaseSource(nameof(Drawings))]
    public void TheSvgNamesTheFontAndKeepsEveryPattern(Func<IReadOnlyList<Measurement>, Figure> draw)
    {
        string svg = Svg(draw(Runs()));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(svg, Does.Contain("font-family=\"DejaVu Sans\""));
            // The curve and its line in the legend.
            Assert.That(svg.Split("stroke-width=\"4\""), Has.Length.EqualTo(1 + 2 * 2));
            Assert.That(svg.Split("stroke-dasharray=\"24,10\""), Has.Length.EqualTo(1 + 2));
        }
    }

    [TestCaseSource(nameof(Drawings))]
    public void RunsThatSawNothingStillGiveAFigure(Func<IReadOnlyList<Measurement>, Figure> draw)
    {
        Figure empty = draw([StudyTests.Run("empty", 1, null)]);
        Assert.That(Png(empty)[..8], Is.EqualTo(PngSignature));
        Assert.That(Svg(empty), Does.Contain("nothing measured"));
        Assert.That(Svg(draw(Runs())), Does.Not.Contain("nothing measured"));
    }

    [Test]
    public void ACurveIsTheMeanOverSeedsOfBinsOfViews()
    {
        Figure figure = Figures.ViewDuration(Runs());
        CurvePoint first = figure.Curves[0].Points[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figure.Curves, Has.Count.EqualTo(2));
            Assert.That(figure.Curves[0].Points, Has.Count.EqualTo(100));
            // Views 0 and 1 of seeds 1 and 2: (1 + 1.01 + 2 + 2.01) / 4.
            Assert.That(first.X, Is.EqualTo(0.5));
            Assert.That(first.Y, Is.EqualTo(1.505).Within(1e-12));
            Assert.That(first.High, Is.GreaterThan(first.Y));
            Assert.That(figure.Subtitle, Does.Contain("2 views a point").And.Contain("2 seeds"));
        }
    }

    private static string Svg(Figure figure)
    {
        using var stream = new MemoryStream();
        figure.WriteSvg(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static byte[] Png(Figure figure)
    {
        using var stream = new MemoryStream();
        figure.WritePng(stream);
        return stream.ToArray();
    }

    private static Measurement[] Runs() => [Run("one", 1), Run("one", 2), Run("two", 1), Run("two", 2)];

    private static Measurement Run(string set, ulong seed)
    {
        var rows = new List<ViewRow>();
        var finality = new DurationHistogram();
        for (ulong view = 0; view < 200; view++)
        {
            double duration = seed + 0.01 * view;
            rows.Add(new ViewRow(view + 50, 0, 0, 0, duration, duration - 2, 0.8, 0.1, 1.6, true));
            finality.Add(SimDuration.FromMilliseconds((long)(1000 + 10 * view)));
        }

        return new Measurement(new RunKey("scenario", set, seed), [], finality, new ViewSeries(1, rows));
    }
}
