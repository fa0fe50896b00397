using System.Globalization;

namespace FlowSim.Scenarios.Reading;

/// <summary>A spot in a file, counted from 1, as editors count.</summary>
public readonly record struct Place(string File, int Line, int Column)
{
    /// <summary>The mistake found here.</summary>
    public ScenarioException Error(string message) => new($"{this}: {message}");

    /// <summary>The spot some columns further on the same line.</summary>
    public Place Right(int columns) => this with { Column = Column + columns };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
