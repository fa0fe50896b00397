using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Oracles;

/// <summary>A replica with a planted bug: what it does or says is edited on the way out.</summary>
/// <param name="honest">The core inside.</param>
/// <param name="edit">Takes the time and an effect, and puts out what is to become of it.</param>
/// <param name="hears">Which inputs reach the core; null for all.</param>
internal sealed class Planted(
    ICore honest, Action<SimTime, Effect, Effects> edit, Predicate<Input>? hears = null) : ICore
{
    private readonly Effects meant = new();

    public Disk? Disk => honest.Disk;

    public Worth WorthOf(Message message) => honest.WorthOf(message);

    public void Step(SimTime now, in Input input, Effects into)
    {
        if (hears?.Invoke(input) == false) return;
        honest.Step(now, input, meant);
        for (int i = 0; i < meant.Count; i++) edit(now, meant[i], into);
        meant.Clear();
    }
}

/// <summary>Ways to plant a bug and to put an effect back.</summary>
internal static class Plant
{
    /// <summary>Every replica has the bug.</summary>
    public static Seams Everywhere(Action<SimTime, Effect, Effects> edit, Predicate<Input>? hears = null) =>
        Seams.Default with { Participant = start => new Planted(new Replica(start), edit, hears) };

    /// <summary>Every replica says something else than it does.</summary>
    public static Seams Saying(Func<Notice, IEnumerable<Notice>> say) => Everywhere((_, effect, into) =>
    {
        if (effect is not { Kind: EffectKind.Report, Payload: Notice notice })
        {
            into.Add(effect);
            return;
        }

        foreach (Notice said in say(notice)) into.Report(said);
    });

    /// <summary>Every replica starts from something else than it should.</summary>
    public static Seams Starting(Func<ReplicaStart, ReplicaStart> altered) =>
        Seams.Default with { Participant = start => new Replica(altered(start)) };
}
