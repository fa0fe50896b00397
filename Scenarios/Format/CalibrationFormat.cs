using System.Collections.Generic;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>A processing cost of a profile that was fitted to a measurement.</summary>
/// <param name="Constant">The key of <c>processing</c> that it stands for.</param>
/// <param name="Cost">The fitted cost, unread.</param>
/// <param name="FittedOn">The published figure, and what the model gives for it.</param>
/// <param name="Predicts">Figures that had no part in the fit.</param>
public sealed record Calibration(YamlScalar Constant, YamlNode Cost, string FittedOn, string Predicts)
{
    /// <summary>The cost as a layer of <c>processing</c>, where it stands nowhere else in the profile.</summary>
    public YamlMapping Layer => new(Constant.At, [new YamlEntry(Constant, Cost)]);

    /// <summary>The cost as it is written.</summary>
    public string Written => FlowText.Of(Cost);
}

/// <summary>The <c>calibration</c> section of a profile.</summary>
public static class CalibrationFormat
{
    private static readonly Field<YamlScalar> Constant = new("constant", new MappedShape<string, YamlScalar>(
        Scalars.OneOf("a cost", ProcessingFormat.Keys), (_, node) => (YamlScalar)node),
        "Which cost of 'processing'; it stands here and not there.", true);

    private static readonly Field<YamlNode> Cost = new("cost", new UnreadShape(Distributions.OfDurations),
        "Its value.", true);

    private static readonly Field<string> FittedOn = new("fitted-on", Scalars.Text,
        "The published figure, and what the model gives for it.", true);

    private static readonly Field<string> Predicts = new("predicts", Scalars.Text,
        "Figures that had no part in the fit, missed ones too.", true);

    public static readonly Section<Calibration> Section = new("calibration", [Constant, Cost, FittedOn, Predicts],
        at => new Calibration(at.Get(Constant), at.Get(Cost), at.Get(FittedOn), at.Get(Predicts)));

    /// <summary>One calibration, or a list of them.</summary>
    public static readonly Shape<IReadOnlyList<Calibration>> Shape = new EitherShape<IReadOnlyList<Calibration>>(
        "a calibration, or a list of calibrations", null,
        new ListShape<Calibration>("a list of calibrations", Section, 1, 10),
        new MappedShape<Calibration, IReadOnlyList<Calibration>>(Section, (calibration, _) => [calibration]));
}
