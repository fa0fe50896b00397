using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.ProtocolState;
using NUnit.Framework;
using static FlowSim.Tests.Contracts.SomeContracts;

namespace FlowSim.Tests.Contracts;

/// <summary>What holds of the contracts along every chain, whatever is called.</summary>
public sealed class ContractPropertyTests
{
    /// <summary>Ordinary calls of the epoch that is prepared are frequent, so that epochs come and go.</summary>
    private static readonly Gen<(int Kind, int Node, ulong Number)> Call =
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 15], Gen.ULong[0, 60]);

    private static readonly Gen<(ulong Gap, (int, int, ulong)[] Calls)[]> Chains =
        Gen.Select(Gen.ULong[1, 12], Call.Array[0, 8]).Array[1, 90];

    private static readonly EpochPlanner Planner = Planned(Nodes, SomeContracts.Spec with
    {
        Views = 60, StakingViews = 6, DkgPhaseViews = 4, FreezePeriod = 5,
    }, epochs: 30);

    [Test]
    public void An_epoch_is_set_up_once_and_committed_once_after_that() => Check((events, _) =>
    {
        HashSet<ulong> setUp = [0];
        HashSet<ulong> committed = [];
        foreach (ServiceEvent emitted in events)
        {
            if (emitted is ServiceEvent.EpochSetup setup
                && !(setUp.Contains(setup.Counter - 1) && setUp.Add(setup.Counter))) return false;
            if (emitted is ServiceEvent.EpochCommit commit
                && !(setUp.Contains(commit.Counter) && committed.Add(commit.Counter))) return false;
        }

        return true;
    });

    [Test]
    public void Every_event_of_the_clock_is_valid_on_the_one_before() => Check((events, _) =>
    {
        ServiceEvent.EpochSetup last = RootOf(Planner).Clock.Current;
        foreach (ServiceEvent emitted in events)
        {
            if (emitted is ServiceEvent.EpochCommit commit && EpochValidity.Of(commit, last) != EpochEventFault.None)
                return false;
            if (emitted is not ServiceEvent.EpochSetup setup) continue;
            if (EpochValidity.Of(setup) != EpochEventFault.None
                || setup.Views.FirstView != last.Views.FinalView.Next) return false;
            last = setup;
        }

        return true;
    });

    [Test]
    public void Beacons_are_numbered_and_name_ascending_heights() => Check((events, _) =>
    {
        ServiceEvent.VersionBeacon[] beacons = [.. events.OfType<ServiceEvent.VersionBeacon>()];
        return beacons.Select(b => b.Sequence).SequenceEqual(Enumerable.Range(0, beacons.Length).Select(i => (ulong)i))
            && Array.TrueForAll(beacons, b => b.Boundaries.Zip(b.Boundaries.Skip(1)).All(p =>
                p.First.Height < p.Second.Height));
    });

    [Test]
    public void The_table_has_what_is_past_first_and_no_beacon_changes_it_too_late() => Check((_, steps) =>
        steps.Zip(steps.Skip(1)).All(pair =>
        {
            (VersionTable before, VersionTable after) = (pair.First.After.Versions, pair.Second.After.Versions);
            ulong at = pair.Second.At;
            bool isPast = after.Boundaries.Take(after.Upcoming).All(b => b.Height.Value <= at)
                && after.Boundaries.Skip(after.Upcoming).All(b => b.Height.Value > at);
            ulong frozen = at + ulong.Min(before.FreezePeriod, after.FreezePeriod);
            return isPast && before.Boundaries.Where(b => b.Height.Value <= frozen)
                .SequenceEqual(after.Boundaries.Where(b => b.Height.Value <= frozen));
        }));

    [Test]
    public void The_chains_of_these_tests_get_somewhere()
    {
        int commits = 0;
        int beacons = 0;
        Check((events, _) =>
        {
            commits += events.Count(e => e is ServiceEvent.EpochCommit);
            beacons += events.Count(e => e is ServiceEvent.VersionBeacon);
            return true;
        });
        Assert.That(commits, Is.GreaterThan(100));
        Assert.That(beacons, Is.GreaterThan(1_000));
    }

    private static void Check(Func<List<ServiceEvent>, List<(ulong At, SystemContracts After)>, bool> holds) =>
        Chains.Sample(chain =>
        {
            SystemContracts contracts = RootOf(Planner);
            List<ServiceEvent> events = [];
            List<(ulong, SystemContracts)> steps = [(0, contracts)];
            ulong at = 0;
            foreach ((ulong gap, (int, int, ulong)[] calls) in chain)
            {
                at += gap;
                ulong epoch = contracts.Clock.Current.Counter + 1;
                ulong height = at;
                (contracts, IReadOnlyList<ServiceEvent> emitted) = contracts.At(at,
                    [.. calls.Select(call => Of(call, epoch, height))]);
                events.AddRange(emitted);
                steps.Add((at, contracts));
            }

            return holds(events, steps);
        }, iter: 200, threads: 1);

    private static ContractCall Of((int Kind, int Node, ulong Number) call, ulong epoch, ulong at) => call.Kind switch
    {
        0 => Post(call.Node, 0, epoch),
        1 => Result(call.Node, 0, epoch),
        2 => Result(call.Node, call.Number, epoch),
        3 => Vote(call.Node, call.Number % 4),
        4 or 5 => Set(at + call.Number / 2, "1.0.0"),
        6 => new ContractCall.DeleteBoundary(new Height(at + call.Number / 2)),
        7 => new ContractCall.SetFreezePeriod(call.Number / 4),
        8 or 9 => Result(call.Node % 4, 7, epoch),
        _ => Vote(4 + call.Node % 6, epoch),
    };
}
