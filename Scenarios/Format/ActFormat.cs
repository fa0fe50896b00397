using System;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Format;

/// <summary>An entry of <c>mistakes</c>: what operators do apart from any rollout.</summary>
public static class ActFormat
{
    public const string Swap = "swap";
    public const string Stage = "stage";
    public const string Crash = "crash";
    public const string Restore = "restore-backup";
    public const string Clone = "clone-database";

    private static readonly SimDuration Year = SimDuration.FromSeconds(366 * 86_400);

    private static readonly Field<string> Act = new("act",
        Scalars.OneOf("an act", [Swap, Stage, Crash, Restore, Clone]),
        "swap restarts with an image, stage puts it onto the disk, crash restarts with what is there, "
            + "restore-backup goes back to the disk of an earlier time, clone-database to a copy of another node's.",
        true);

    private static readonly Field<ChoiceText> Of = new("of", ChoiceFormat.Section, "At which nodes.", true);

    private static readonly Field<SimDuration> At = new("at", Scalars.Duration(SimDuration.Zero, Year), "When.", true);

    private static readonly Field<YamlScalar> Image = new("image", ImageName.Shape,
        "Which image; after restore-backup and clone-database default the one on disk.");

    private static readonly Field<SimDuration> Backup = new("backup", Scalars.Duration(SimDuration.Zero, Year),
        "Of which time the restored disk is.");

    private static readonly Field<YamlScalar> From = new("from",
        new MappedShape<string, YamlScalar>(Scalars.Text, (_, node) => (YamlScalar)node),
        "Whose disk is copied, as it is then: a node's name.");

    public static readonly Section<ActText> Section = new("an act", [Act, Of, At, Image, Backup, From], Build);

    private static ActText Build(Values at)
    {
        string act = at.Get(Act);
        if (act is Swap or Stage && !at.Has(Image)) throw at.Error($"'{act}' lacks the key 'image'", Act);
        if (act is Crash && at.Has(Image)) throw at.Error("'image' means nothing to 'crash'; remove it", Image);
        if (act is Restore && !at.Has(Backup)) throw at.Error($"'{act}' lacks the key 'backup'", Act);
        if (act is not Restore && at.Has(Backup))
            throw at.Error($"'backup' means nothing to '{act}'; remove it", Backup);
        if (act is Clone && !at.Has(From)) throw at.Error($"'{act}' lacks the key 'from'", Act);
        if (act is not Clone && at.Has(From)) throw at.Error($"'from' means nothing to '{act}'; remove it", From);
        SimTime when = SimTime.Zero + at.Get(At);
        SimTime backup = SimTime.Zero + at.Or(Backup, SimDuration.Zero);
        if (act is Restore && backup >= when)
            throw at.Error("the backup must be older than 'at', when it is put back", Backup);
        return new ActText(act, at.Get(Of), at.Node(At)!.At, when, at.Or(Image, null!), at.Or(From, null!),
            Maker(act, when, backup));
    }

    private static Func<NodeSet, int?, int?, OperatorAct> Maker(string act, SimTime at, SimTime backup) => act switch
    {
        Swap => (nodes, image, _) => new OperatorAct.Swap(nodes, at, image!.Value),
        Stage => (nodes, image, _) => new OperatorAct.Stage(nodes, at, image!.Value),
        Crash => (nodes, _, _) => new OperatorAct.Crash(nodes, at),
        Clone => (nodes, image, from) => new OperatorAct.CopyDisk(nodes, at, from!.Value, image),
        _ => (nodes, image, _) => new OperatorAct.Restore(nodes, at, backup, image),
    };
}
