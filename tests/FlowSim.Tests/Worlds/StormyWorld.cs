using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Tests.Oracles;

namespace FlowSim.Tests.Worlds;

/// <summary>A drawn world of bad weather and liars, then calm; it prints as what rebuilds it.</summary>
/// <param name="Members">Consensus nodes.</param>
/// <param name="Liars">Which of the first nodes lie, and how; less than a third.</param>
/// <param name="Troubles">What happens to which of the other nodes.</param>
/// <param name="Tempo">Whether timeouts and synchronisation are brisk enough to be judged in a short calm.</param>
internal sealed record StormyWorld(
    ulong Seed, int Members, int Followers, long OneWayMs, int ChaosSeconds, int CalmSeconds, int LossPerCent,
    int DuplicatesPerCent, string Liars, string Troubles, Adversary Adversary, string Tempo = "plain")
{
    private const string Lies = "votes,some,late,spam,twin";
    private const string Evils = "crash,pause,slow,skew";

    /// <summary>
    /// A few have long enough a calm to judge by flow-go's own limits, many by a tenth of them; half lose no packets.
    /// </summary>
    public static readonly Gen<StormyWorld> Any =
        from world in Worlds(4, 25, 20, 60, Lies, Adversaries(20))
        from tempo in Gen.Frequency((10, Gen.Const(("plain", 60))), (9, Gen.Const(("brisk", 150))),
            (1, Gen.Const(("plain", 1_200))))
        from isDry in Gen.Bool
        select world with
        {
            Tempo = tempo.Item1, CalmSeconds = tempo.Item2, LossPerCent = isDry ? 0 : world.LossPerCent,
        };

    /// <summary>Few nodes, at least one of them a twin: where a wrong quorum shows soonest.</summary>
    public static readonly Gen<StormyWorld> Doubled = Worlds(5, 7, 20, 1, "twin", Adversaries(20), leastLiars: 1);

    /// <summary>Fewest nodes, a twin, nothing lost and everything late: where wrong finality shows soonest.</summary>
    public static readonly Gen<StormyWorld> Delayed = Worlds(4, 4, 20, 1, "twin", Delaying(20), leastLiars: 1);

    public SimTime CalmFrom() => SimTime.FromSeconds(ChaosSeconds);

    public RunSpec Spec()
    {
        RunSpec plain = Some.World(Members, Seed, views: 2_000);
        NodeSpec[] twins = [.. Indexes(Liars, "twin").Select(i => plain.Nodes[i] with
        {
            Name = $"{plain.Nodes[i].Name}-twin", TwinOf = plain.Nodes[i].Name,
        })];
        NodeSpec[] followers = [.. Enumerable.Range(0, Followers)
            .Select(i => new NodeSpec($"access-{i}", Role.Access, 100, 0, "operator"))];
        RunSpec spec = plain with { Nodes = [.. plain.Nodes, .. twins, .. followers] };
        if (Tempo.Equals("brisk", System.StringComparison.Ordinal))
            spec = spec with { Pacemaker = AbsenceTests.Brisk, Sync = AbsenceTests.BriskSync };
        return spec with
        {
            Network = Some.Network(SimDuration.FromMilliseconds(OneWayMs)),
            Stop = new StopCondition(new View(1_990), CalmFrom() + SimDuration.FromSeconds(CalmSeconds)),
            LinkFaults = [.. Weather(spec)],
            NodeFaults = [.. Faults(spec)],
            Liars = [.. LiarsOf(spec)],
        };
    }

    /// <summary>The spec with what the adversary does as a fault, for those who judge the run.</summary>
    public RunSpec Declared()
    {
        RunSpec spec = Spec();
        NodeSet all = Set(spec, Enumerable.Range(0, spec.Nodes.Count));
        var chaos = new Window(SimTime.Zero, Adversary.CalmFrom);
        return spec with
        {
            LinkFaults = [.. spec.LinkFaults, Adversary.Loses()
                ? new LinkFault.Cut(chaos, all, all)
                : new LinkFault.Slow(chaos, all, all, 1_000_000,
                    SimDuration.FromMilliseconds(Adversary.WorstDelayMs))],
        };
    }

    public Seams Seams(System.Func<ReplicaStart, ICore>? participant = null) => FlowSim.Seams.Default with
    {
        Participant = participant ?? FlowSim.Seams.Default.Participant,
        Schedule = Adversary.Schedule,
    };

    /// <summary>Honest members that never missed a block, so that they need no synchronisation.</summary>
    public int[] Sound() => Adversary.Loses() || Liars.Contains("some", System.StringComparison.Ordinal)
        ? []
        : [.. Enumerable.Range(0, Members).Except(Lies.Split(',').SelectMany(lie => Indexes(Liars, lie)))
            .Except(Indexes(Troubles, "crash"))];

    private IEnumerable<LinkFault> Weather(RunSpec spec)
    {
        NodeSet all = Set(spec, Enumerable.Range(0, spec.Nodes.Count));
        var chaos = new Window(SimTime.Zero, CalmFrom());
        if (LossPerCent > 0) yield return new LinkFault.Loss(chaos, all, all, LossPerCent * 10_000);
        if (DuplicatesPerCent > 0)
            yield return new LinkFault.Duplicate(chaos, all, all, DuplicatesPerCent * 10_000,
                SimDuration.FromMilliseconds(500));
    }

    private IEnumerable<NodeFault> Faults(RunSpec spec)
    {
        var within = new Window(SimTime.FromSeconds(ChaosSeconds / 3), SimTime.FromSeconds(ChaosSeconds * 2 / 3));
        var chaos = new Window(SimTime.Zero, CalmFrom());
        yield return new NodeFault.Crash(within, Set(spec, Indexes(Troubles, "crash")));
        yield return new NodeFault.Pause(within, Set(spec, Indexes(Troubles, "pause")));
        yield return new NodeFault.Slow(chaos, Set(spec, Indexes(Troubles, "slow")), 50_000_000);
        yield return new NodeFault.Skew(chaos, Set(spec, Indexes(Troubles, "skew")), SimDuration.FromSeconds(5));
    }

    private IEnumerable<Liar> LiarsOf(RunSpec spec)
    {
        yield return new Liar.VoteWithholder(Set(spec, Indexes(Liars, "votes")));
        yield return new Liar.SelectiveSender(Set(spec, Indexes(Liars, "some")),
            Set(spec, Enumerable.Range(0, Members).Where(i => i % 4 != 3)));
        yield return new Liar.LateLeader(Set(spec, Indexes(Liars, "late")), SimDuration.FromMilliseconds(100));
        yield return new Liar.TimeoutSpammer(Set(spec, Indexes(Liars, "spam")), SimDuration.FromMilliseconds(500));
    }

    private static NodeSet Set(RunSpec spec, IEnumerable<int> nodes) => new(spec.Nodes.Count, nodes);

    /// <summary>The nodes that stand beside a word, as in "late:0 twin:2".</summary>
    private static IEnumerable<int> Indexes(string roles, string word) => roles.Split(' ')
        .Where(role => role.StartsWith(word, System.StringComparison.Ordinal))
        .Select(role => int.Parse(role[(role.IndexOf(':', System.StringComparison.Ordinal) + 1)..],
            System.Globalization.CultureInfo.InvariantCulture));

    private static Gen<StormyWorld> Worlds(
        int least, int most, int chaosSeconds, int calmSeconds, string lies, Gen<Adversary> adversaries,
        int leastLiars = 0) =>
        from seed in Gen.ULong
        from members in Gen.Int[least, most]
        from followers in Gen.Int[0, 2]
        from oneWay in Gen.Long[1, 200]
        from weather in Gen.Select(Gen.Int[0, 30], Gen.Int[0, 20])
        from liars in Words(lies).List[leastLiars, (members - 1) / 3]
        from troubles in Words(Evils).List[0, members / 4]
        from adversary in adversaries
        select new StormyWorld(seed, members, followers, oneWay, chaosSeconds, calmSeconds, weather.Item1,
            weather.Item2,
            string.Join(' ', liars.Select((lie, i) => $"{lie}:{i}")),
            string.Join(' ', troubles.Select((evil, i) => $"{evil}:{members - 1 - i}")), adversary);

    private static Gen<string> Words(string list)
    {
        string[] words = list.Split(',');
        return Gen.Int[0, words.Length - 1].Select(i => words[i]);
    }

    /// <summary>Half of the adversaries lose nothing: whoever is up then has every block.</summary>
    private static Gen<Adversary> Adversaries(int chaosSeconds) =>
        from seed in Gen.ULong
        from spell in Gen.Long[300, 6_000]
        from loses in Gen.Bool
        from sides in Gen.Int[1, 3]
        from loss in Gen.Int[0, 30]
        from delay in Gen.OneOf(Gen.Long[0, 200], Gen.Long[0, 3_000])
        select new Adversary(seed, spell, loses ? sides : 1, loses ? loss : 0, delay,
            SimTime.FromSeconds(chaosSeconds));

    private static Gen<Adversary> Delaying(int chaosSeconds) =>
        from seed in Gen.ULong
        from delay in Gen.Long[1_000, 3_000]
        select new Adversary(seed, 1_000, 1, 0, delay, SimTime.FromSeconds(chaosSeconds));
}
