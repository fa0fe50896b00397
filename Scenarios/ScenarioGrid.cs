using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>Strategies, cases and sensitivities of a scenario; every combination is a set of its own.</summary>
/// <param name="Text">As written.</param>
public sealed record ScenarioGrid(GridText Text)
{
    private const double Billion = 1_000_000_000;

    /// <summary>Reads a section under the layers of a strategy and a case.</summary>
    public delegate T? Layered<T>(params IReadOnlyList<YamlNode?> over);

    /// <summary>The name of the set that a cell is at a sensitivity.</summary>
    public static string CellOf(GridLayer strategy, GridLayer one, double sensitivity) =>
        FormattableString.Invariant($"{strategy.Name.Text}+{one.Name.Text}+{sensitivity:0.#########}");

    /// <summary>All cells as sets: by strategy, then case, then sensitivity.</summary>
    /// <param name="basis">The set that all start from.</param>
    /// <param name="protocol">Reads the protocol.</param>
    /// <param name="upgrade">Reads the software.</param>
    public IReadOnlyList<ParameterSet> Cells(
        ParameterSet basis, Layered<ProtocolText> protocol, Layered<UpgradeText> upgrade)
    {
        List<ParameterSet> cells = [];
        foreach (GridLayer strategy in Text.Strategies)
        {
            foreach (GridLayer one in Text.Cases)
            {
                UpgradeText software = upgrade(strategy.Upgrade, one.Upgrade)
                    ?? throw strategy.Name.At.Error("neither the scenario nor this says which images there are");
                cells.AddRange(Text.Sensitivities.Select(sensitivity => basis with
                {
                    Name = CellOf(strategy, one, sensitivity),
                    Protocol = protocol(strategy.Protocol, one.Protocol),
                    Upgrade = At(software, sensitivity),
                    Faults = one.Faults,
                }));
            }
        }

        return cells;
    }

    private static UpgradeText At(UpgradeText text, double sensitivity)
    {
        long perBillion = (long)Math.Round(sensitivity * Billion);
        return text with
        {
            Images = [.. text.Images.Select(image => image with
            {
                Behaviours = [.. image.Behaviours.Select(entry =>
                    entry with { Behaviour = new Behaviour(entry.Behaviour.Key, perBillion) })],
            })],
        };
    }
}
