using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.ProtocolState;

/// <summary>What holds of the epochs along every chain, whatever is sealed in it.</summary>
/// <remarks>Blocks are less than the safety threshold apart, as that threshold supposes.</remarks>
public sealed class EpochPropertyTests
{
    private const ulong T = SomeEpochs.Threshold;

    private static readonly Gen<(ulong Gap, int[] Events)[]> Chains =
        Gen.Select(Gen.ULong[1, T - 1], Gen.OneOf(Gen.Int[0, 30], Gen.Int[0, 8]).Array[0, 3]).Array[1, 80];

    private static readonly Gen<int[]> Mixture = Gen.Int[0, 8].Array[0, 30];

    [Test]
    public void D2_views_belong_to_one_epoch_and_extensions_are_decided_in_time() => Check((parent, child, block) =>
    {
        (EpochEntry current, EpochEntry before) = (child.Current, parent.Current);
        bool contiguous = (child.Previous is null || child.Previous.FinalView.Next == current.FirstView)
            && (child.Next is null || child.Next.FirstView == current.FinalView.Next);
        View end = current.Setup.Views.FinalView;
        foreach (EpochExtension extension in current.Extensions)
        {
            contiguous &= extension.FirstView == end.Next && extension.FinalView > extension.FirstView;
            end = extension.FinalView;
        }

        bool inTime = current.Counter != before.Counter || current.Extensions.Count == before.Extensions.Count
            || (block.View + T >= before.FinalView.Value && block.View < before.FinalView.Value - T + block.Gap);
        return contiguous && inTime && current.FirstView.Value <= block.View && block.View <= current.FinalView.Value;
    });

    [Test]
    public void D4_fallback_mode_ends_by_recovery_only_and_a_committed_epoch_comes() => Check((parent, child, block) =>
        (!parent.IsFallback || child.IsFallback || block.Processed.Any(e => e is ServiceEvent.EpochRecover))
        && (parent.Next?.Commit is null || Same(child.Next, parent.Next) || Same(child.Current, parent.Next))
        && (parent.Current.Counter == child.Current.Counter || parent.Next?.Commit is not null));

    [Test]
    public void D5_an_epoch_is_prepared_exactly_by_the_block_that_seals_its_events() => Check((parent, child, block) =>
    {
        EpochEntry? before = child.Current.Counter == parent.Current.Counter ? parent.Next : null;
        bool setUp = child.Next is not null && !Same(before, child.Next);
        bool committed = child.Next?.Commit is not null && before?.Commit is null;
        bool isEffective = block.Processed.TrueForAll(e => e is ServiceEvent.EjectNode
            || IsSetup(e, child.Next?.Setup) || IsCommit(e, child.Next?.Commit));
        return isEffective && (!setUp || block.Processed.Exists(e => IsSetup(e, child.Next?.Setup)))
            && (!committed || block.Processed.Exists(e => IsCommit(e, child.Next?.Commit)));
    });

    [Test]
    public void D6_the_planned_end_follows_the_appended_views() => Check((_, child, _) =>
    {
        EpochEntry current = child.Current;
        ServiceEvent.EpochSetup setup = current.Setup;
        ulong appended = current.FinalView.Value - setup.Views.FinalView.Value;
        ulong views = setup.Views.FinalView.Value - setup.Views.FirstView.Value + 1;
        UInt128 exact = (UInt128)appended * setup.TargetDurationSeconds / views;
        ulong grown = current.Timing.TargetDurationSeconds - setup.TargetDurationSeconds;
        return current.Timing.TargetEndTimeSeconds - setup.TargetEndTimeSeconds == grown
            && grown <= exact && exact <= (UInt128)grown + 1 && (appended == 0 || grown > 0);
    });

    [Test]
    public void A_mixture_of_events_in_one_block_never_fails_and_takes_one_recovery_at_most() =>
        Gen.Select(Gen.Int[0, 3], Gen.ULong[1, SomeEpochs.Length], Mixture).Sample((phase, views, kinds) =>
        {
            KeyValueSnapshot parent = SomeEpochs.In((EpochPhase)phase);
            ServiceEvent[] events = [.. kinds.Select(kind => Event(kind, parent.Epochs))];
            Evolved after = parent.After(100 + views, events);
            return after.Outcomes.Count(o => o.Fault == EpochEventFault.None
                && events[o.Event] is ServiceEvent.EpochRecover) <= 1;
        });

    /// <summary>Follows many chains block by block.</summary>
    private static void Check(Func<EpochState, EpochState, Sealing, bool> holds) => Chains.Sample(chain =>
    {
        KeyValueSnapshot state = SomeEpochs.In(EpochPhase.Staking);
        ulong view = 100;
        foreach ((ulong gap, int[] kinds) in chain)
        {
            view += gap;
            EpochState parent = state.Epochs;
            ServiceEvent[] events = [.. kinds.Select(kind => Event(kind, parent))];
            Evolved after = state.After(view, events);
            List<ServiceEvent> processed =
                [.. after.Outcomes.Where(o => o.Fault == EpochEventFault.None).Select(o => events[o.Event])];
            state = after.Snapshot;
            if (!holds(parent, state.Epochs, new Sealing(view, gap, processed))) return false;
        }

        return true;
    });

    /// <summary>An event that fits the epochs, nearly fits them, or any other; most kinds are none.</summary>
    private static ServiceEvent Event(int kind, EpochState epochs)
    {
        ServiceEvent.EpochSetup fitting =
            SomeEpochs.Setup(epochs.Current.Counter + 1, epochs.Current.FinalView.Value + 1);
        return kind switch
        {
            0 or 1 => fitting,
            2 or 3 => SomeEpochs.Commit(epochs.Next?.Setup ?? fitting),
            4 => SomeEpochs.Recover(fitting),
            5 => SomeEpochs.Recover(fitting with { TargetDurationSeconds = 799 }),
            6 => fitting with { Counter = fitting.Counter + 1 },
            7 => SomeEpochs.Commit(fitting with { Counter = fitting.Counter + 1 }),
            8 => new ServiceEvent.EjectNode(new NodeId((int)(epochs.Current.Counter % 9))),
            _ => new ServiceEvent.VersionBeacon([], 0),
        };
    }

    private static bool Same(EpochEntry? a, EpochEntry? b) =>
        a is not null && b is not null && a.Setup.Key == b.Setup.Key;

    private static bool IsSetup(ServiceEvent e, ServiceEvent.EpochSetup? setup) => setup is not null && e switch
    {
        ServiceEvent.EpochSetup s => s.Key == setup.Key,
        ServiceEvent.EpochRecover r => r.Setup.Key == setup.Key,
        _ => false,
    };

    private static bool IsCommit(ServiceEvent e, ServiceEvent.EpochCommit? commit) => commit is not null && e switch
    {
        ServiceEvent.EpochCommit c => c.Key == commit.Key,
        ServiceEvent.EpochRecover r => r.Commit.Key == commit.Key,
        _ => false,
    };

    private sealed record Sealing(ulong View, ulong Gap, List<ServiceEvent> Processed);
}
