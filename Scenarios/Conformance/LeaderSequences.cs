using System;
using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The leaders of an epoch's views.</summary>
internal sealed class LeaderSequences : IFamily
{
    public string Name => "leader-selection";

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.EachCase(file, c => ReplayCase(c, comparison));

    private static void ReplayCase(JsonElement c, Comparison comparison)
    {
        byte[] source = c.Bytes("randomSource_hex");
        comparison.Same("chachaKey_hex",
            c.Text("chachaKey_hex"), Convert.ToHexStringLower(FlowPrg.Key(source, default)));

        LeaderSelection? selection = Built(c, source);
        comparison.Same("error", c.Flag("error"), selection is null);
        if (selection is null || c.Flag("error")) return;

        View first = c.View("firstView");
        int count = c.Get("count").GetInt32();
        List<int> leaders = [];
        for (int i = 0; i < count; i++) leaders.Add(selection.LeaderIndex(new View(first.Value + (ulong)i)));
        comparison.Same("leaderIndexes", c.Get("leaderIndexes"), leaders);
        foreach (JsonElement view in c.Get("viewsOutOfRange").EnumerateArray())
            comparison.Same("viewsOutOfRange", true, IsOutOfRange(selection, new View(view.GetUInt64())));
    }

    private static LeaderSelection? Built(JsonElement c, byte[] source)
    {
        View first = c.View("firstView");
        List<ulong> weights = [];
        foreach (JsonElement weight in c.Get("weights").EnumerateArray()) weights.Add(weight.GetUInt64());
        try
        {
            var final = new View(first.Value + c.Unsigned("count") - 1);
            return new LeaderSelection(source, c.Bytes("customizer_hex"), weights, first, final);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsOutOfRange(LeaderSelection selection, View view)
    {
        try
        {
            selection.LeaderIndex(view);
            return false;
        }
        catch (ArgumentOutOfRangeException)
        {
            return true;
        }
    }
}
