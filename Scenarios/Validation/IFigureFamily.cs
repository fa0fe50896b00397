using System.Collections.Generic;

namespace FlowSim.Scenarios.Validation;

/// <summary>Figures that come out of one setup.</summary>
public interface IFigureFamily
{
    /// <summary>A word to select it by.</summary>
    string Id { get; }

    /// <summary>A heading.</summary>
    string Title { get; }

    /// <summary>The world in which the figures are measured, and what it assumes; Markdown.</summary>
    string Setup { get; }

    /// <summary>Makes the runs and compares.</summary>
    FamilyResult Measure(Workbench bench);
}

/// <summary>What a family came to.</summary>
/// <param name="Findings">Its figures.</param>
/// <param name="Notes">More lines of Markdown, such as a table without published counterpart.</param>
public sealed record FamilyResult(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Notes);
