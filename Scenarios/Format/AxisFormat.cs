using System;
using System.Collections.Generic;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>One value of a factor as written.</summary>
/// <param name="Label">How reports call it.</param>
/// <param name="Name">How the names of cells call it.</param>
/// <param name="Set">The parameter set it stands for, if the factor is sets.</param>
/// <param name="Fault">The fault it adds, if any.</param>
/// <param name="Liar">The liars it adds, if any.</param>
public sealed record LevelText(string Label, string Name, YamlScalar? Set, FaultText? Fault, LiarText? Liar);

/// <summary>A factor as written.</summary>
/// <param name="Title">Its name with its unit.</param>
/// <param name="IsSets">Whether its levels are parameter sets.</param>
/// <param name="Levels">Its levels.</param>
public sealed record AxisText(string Title, bool IsSets, IReadOnlyList<LevelText> Levels);

/// <summary>A factor of a map: parameter sets, or shares of the nodes that a fault or liars take.</summary>
/// <remarks>
/// The fault and the liars stand as in <c>faults</c> and <c>liars</c>, without a share; each level is read as if its
/// share stood there, so that both have the same checks. A share of 0 % leaves them out.
/// </remarks>
public static class AxisFormat
{
    private static readonly Field<string> Name = new("name", Scalars.Name, "What the axis is called.", true);

    private static readonly Field<IReadOnlyList<YamlScalar>> Sets = new("sets",
        new ListShape<YamlScalar>("a list of at least one set",
            new MappedShape<string, YamlScalar>(Scalars.Name, (_, node) => (YamlScalar)node), 1, 100),
        "The levels are these parameter sets of the scenario.");

    private static readonly Field<(FaultText Text, YamlMapping Node)> Fault = new("fault",
        new MappedShape<FaultText, (FaultText, YamlMapping)>(
            FaultFormat.Shape, (fault, node) => (fault, (YamlMapping)node)),
        "A crash, pause, slow-node or clock-skew whose share varies.");

    private static readonly Field<(LiarText Text, YamlMapping Node)> Liar = new("liar",
        new MappedShape<LiarText, (LiarText, YamlMapping)>(
            LiarFormat.Shape, (liar, node) => (liar, (YamlMapping)node)),
        "Liars whose share varies.");

    private static readonly Field<IReadOnlyList<(long Share, YamlScalar At)>> Share = new("share",
        new ListShape<(long, YamlScalar)>("a list of at least one share",
            new MappedShape<long, (long, YamlScalar)>(Scalars.Percent, (share, node) => (share, (YamlScalar)node)),
            1, 100),
        "The levels are these shares of the nodes, rising: [0%, 5%, 10%].");

    public static readonly Section<AxisText> Section = new("a factor", [Name, Sets, Fault, Liar, Share], Build,
        Sets, Fault, Liar);

    private static AxisText Build(Values at)
    {
        string name = at.Get(Name);
        if (at.Has(Sets))
        {
            if (at.Has(Share)) throw at.Error("'share' means nothing to 'sets'; remove it", Share);
            return new AxisText(name, true, SetsOf(at.Get(Sets)));
        }

        if (!at.Has(Share)) throw at.Error("this lacks the key 'share', which lists the levels", Fault, Liar);
        List<LevelText> levels = [];
        long last = -1;
        foreach ((long share, YamlScalar scalar) in at.Get(Share))
        {
            if (share <= last) throw scalar.At.Error($"{scalar.Text} does not rise; write shares from small to large");
            last = share;
            string percent = FormattableString.Invariant($"{share / 10_000m:0.####}");
            levels.Add(new LevelText($"{percent} %", $"{name}-{percent}", null,
                at.Has(Fault) ? WithShare(at.Get(Fault), share, scalar) : null,
                at.Has(Liar) ? WithShare(at.Get(Liar), share, scalar) : null));
        }

        return new AxisText($"{name} (share of the nodes)", false, levels);
    }

    private static List<LevelText> SetsOf(IReadOnlyList<YamlScalar> sets)
    {
        List<LevelText> levels = [];
        foreach (YamlScalar set in sets)
        {
            if (levels.Exists(level => string.Equals(level.Name, set.Text, StringComparison.Ordinal)))
                throw set.At.Error($"set '{set.Text}' stands twice");
            levels.Add(new LevelText(set.Text, set.Text, set, null, null));
        }

        return levels;
    }

    private static FaultText? WithShare((FaultText Text, YamlMapping Node) fault, long share, YamlScalar scalar)
    {
        if (fault.Text is not FaultText.AtNodes { Who: var who })
            throw fault.Text.At.Error($"'{fault.Text.Kind}' has no share to vary; "
                + "allowed: crash, pause, slow-node, clock-skew");
        RefuseFixed(who);
        string key = fault.Text.Kind is "crash" or "pause" ? fault.Text.Kind : "of";
        return share == 0 ? null : FaultFormat.Shape.Read(Added(fault.Node, key, scalar));
    }

    private static LiarText? WithShare((LiarText Text, YamlMapping Node) liar, long share, YamlScalar scalar)
    {
        RefuseFixed(liar.Text.Who);
        return share == 0 ? null : LiarFormat.Shape.Read(Added(liar.Node, liar.Text.Kind, scalar));
    }

    private static void RefuseFixed(ChoiceText who)
    {
        if (who.Count is not null || who.SharePerMillion is not null)
            throw who.At.Error("the levels say how many nodes are meant; leave out 'count' and 'share' here");
    }

    /// <summary>The same mapping with a share in the choice of nodes under a key.</summary>
    private static YamlMapping Added(YamlMapping mapping, string key, YamlScalar share)
    {
        List<YamlEntry> entries = [];
        foreach (YamlEntry entry in mapping.Entries)
        {
            bool isChoice = string.Equals(entry.Key.Text, key, StringComparison.Ordinal);
            entries.Add(!isChoice ? entry : entry with { Value = Added((YamlMapping)entry.Value, share) });
        }

        return mapping with { Entries = entries };
    }

    private static YamlMapping Added(YamlMapping choice, YamlScalar share) => choice with
    {
        At = share.At,
        Entries = [.. choice.Entries, new YamlEntry(new YamlScalar(share.At, "share", false), share)],
    };
}
