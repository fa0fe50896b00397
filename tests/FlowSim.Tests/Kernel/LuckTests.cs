using System;
using System.Linq;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>Chance is a function: same question, same answer; and its answers look random.</summary>
public sealed class LuckTests
{
    [Test]
    public void Same_question_same_answer_and_every_part_of_the_question_matters()
    {
        ulong answer = new Luck(7).For("delay").Draw(1, 2, 3);
        Assert.That(new Luck(7).For("delay").Draw(1, 2, 3), Is.EqualTo(answer));
        ulong[] others =
        [
            new Luck(8).For("delay").Draw(1, 2, 3), new Luck(7).For("loss").Draw(1, 2, 3),
            new Luck(7).For("delay").Draw(2, 1, 3), new Luck(7).For("delay").Draw(1, 2, 4),
        ];
        Assert.That(others, Has.None.EqualTo(answer));
        Assert.That(others.Distinct().Count(), Is.EqualTo(others.Length));
    }

    [Test]
    public void Narrowing_by_an_id_equals_asking_with_it()
    {
        Luck.Purpose purpose = new Luck(7).For("delay");
        Assert.That(purpose.About(5).Draw(6), Is.EqualTo(purpose.Draw(5, 6)));
    }

    /// <summary>Chi-square over 256 cells with consecutive ids, at a significance of one in a million.</summary>
    [TestCase(1UL)]
    [TestCase(2UL)]
    [TestCase(99UL)]
    public void Consecutive_ids_fill_all_cells_evenly(ulong seed)
    {
        Luck.Purpose purpose = new Luck(seed).For("cells");
        int[] high = new int[256];
        int[] low = new int[256];
        const int Draws = 256 * 200;
        for (ulong i = 0; i < Draws; i++)
        {
            ulong draw = purpose.Draw(i);
            high[draw >> 56]++;
            low[draw & 255]++;
        }

        const double Critical = 377; // chi-square, 255 degrees of freedom, p = 1e-6
        Assert.That(high.Sum(n => Math.Pow(n - 200, 2) / 200), Is.LessThan(Critical));
        Assert.That(low.Sum(n => Math.Pow(n - 200, 2) / 200), Is.LessThan(Critical));
    }

    [Test]
    public void A_prepared_id_gives_the_draw_of_the_id()
    {
        Luck.Purpose purpose = new Luck(7).For("prepared");
        for (ulong id = 0; id < 100; id++)
            Assert.That(purpose.DrawPrepared(Mix64.Prepared(id)), Is.EqualTo(purpose.Draw(id)));
    }

    [Test]
    public void Scaling_reaches_both_ends_and_nothing_beyond()
    {
        Assert.That(Luck.Below(0, 10), Is.EqualTo(0));
        Assert.That(Luck.Below(ulong.MaxValue, 10), Is.EqualTo(9));
    }
}
