using System.Collections.Generic;
using System.Linq;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Kernel;
using NUnit.Framework;
using static FlowSim.Tests.Epochs.DkgTests;

namespace FlowSim.Tests.Epochs;

/// <summary>Whatever is lost and whoever is down: what all nodes come to follows from who was heard by whom.</summary>
public sealed class DkgPropertyTests
{
    /// <summary>Participants, who is down, and which shares are lost for good: chances in per cent, and a seed.
    /// </summary>
    private static readonly Gen<(int Participants, int Down, int Lost, ulong Seed)> Any =
        Gen.Select(Gen.Int[4, 8], Gen.Int[0, 40], Gen.Int[0, 60], Gen.ULong);

    [Test]
    public void All_who_read_the_same_whiteboard_come_to_the_same_key() => Any.Sample((n, down, lost, seed) =>
    {
        Luck.Purpose luck = new Luck(seed).For("trouble");
        bool[] isDown = [.. Enumerable.Range(0, n).Select(i => Luck.Below(luck.Draw(1, (ulong)i), 100) < down)];
        bool Lost(int from, int to) => Luck.Below(luck.Draw(2, (ulong)from, (ulong)to), 100) < lost;
        EpochNet net = new EpochNet(n)
        {
            Seed = seed,
            Dkg = DkgSpec.FlowGo with
            {
                Shares = new Backoff { Retries = 1 }, NextVectorDelay = SimDuration.Zero,
                FirstVectorDelay = new SimDuration(1), Posting = new SubmissionSpec { Patience = Seconds(8) },
            },
            Down = [.. Enumerable.Range(0, n).Where(i => isDown[i]).Select(i => (i, 0UL, 1_000UL))],
            Loses = (from, to, m) => IsShare(m) && Lost(from.Index, to.Index),
        }.Run();

        int threshold = (n - 1) / 2;
        int[] up = [.. Enumerable.Range(0, n).Where(i => !isDown[i])];
        int[] outside = [.. Enumerable.Range(0, n).Where(dealer =>
            isDown[dealer] || up.Count(to => to != dealer && Lost(dealer, to)) > threshold)];
        bool fails = outside.Length > threshold || n - outside.Length <= threshold;
        ulong expected = fails ? 0 : KeyOf(net, outside);
        return net.Keys(up).All(key => key == expected)
            && up.All(node => net.Ended(node)!.HasShare != fails)
            && up.Count(node => net.Part(node).HoldsKey(2)) == (fails || up.Length <= threshold ? 0 : up.Length);
    }, iter: 40);

    /// <summary>flow-go counts the looks back from the end of every phase, and registers each view.</summary>
    [Test]
    public void Looks_are_due_at_the_first_block_past_their_views() => Gen.Select(
        Gen.ULong[100, 130], Gen.ULong[1, 40].Array[3], Gen.ULong[1, 15], Gen.ULong[1, 9].Array[1, 60])
        .Sample((first, lengths, step, gaps) =>
        {
            ulong end = 110;
            ulong[] ends = [.. lengths.Select(length => end += length)];
            var views = new EpochViews(new View(50), new View(ends[0]), new View(ends[1]), new View(ends[2]),
                new View(999));
            List<(ulong View, DkgStep Step)> registered = [];
            for (int phase = 0; phase < 3; phase++)
            {
                ulong low = phase == 0 ? first : ends[phase - 1];
                for (ulong view = ends[phase]; view > low; view -= step) registered.Add((view, DkgStep.Poll));
                registered.Add((ends[phase], DkgStep.EndShares + (byte)phase));
            }

            var schedule = new DkgSchedule(new View(first), views, step);
            ulong at = first;
            ulong before = 0;
            foreach (ulong gap in gaps)
            {
                at += gap;
                List<DkgStep> steps = [];
                schedule.Reached(new View(at), steps);
                var due = registered.Where(r => r.View > before && r.View <= at).ToArray();
                if (!steps.Where(s => s != DkgStep.Poll).SequenceEqual(
                    due.Where(r => r.Step != DkgStep.Poll).Select(r => r.Step))) return false;
                if (steps.Contains(DkgStep.Poll) != due.Any(r => r.Step == DkgStep.Poll)) return false;
                before = at;
            }

            return true;
        }, iter: 2_000);

    [Test]
    public void Waits_double_up_to_the_longest_and_differ_by_the_jitter() =>
        Gen.Select(Gen.Int[1, 20], Gen.ULong).Sample((failures, draw) =>
        {
            var backoff = new Backoff { LongestWait = Seconds(60), JitterPercent = 25 };
            double plain = double.Min(60, 1L << (failures - 1));
            double wait = backoff.WaitAfter(failures, draw).TotalSeconds;
            return wait >= plain * 0.75 && wait <= plain * 1.25;
        });

    private static SimDuration Seconds(long seconds) => SimDuration.FromSeconds(seconds);
}
