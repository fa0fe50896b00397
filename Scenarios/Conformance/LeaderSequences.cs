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

        KnownEpochs? epochs = Built(c, source);
        comparison.Same("error", c.Flag("error"), epochs is null);
        if (epochs is null || c.Flag("error")) return;

        View first = c.View("firstView");
        int count = c.Get("count").GetInt32();
        List<int> leaders = [];
        for (int i = 0; i < count; i++) leaders.Add(epochs.Leader(new View(first.Value + (ulong)i))!.Value.Index);
        comparison.Same("leaderIndexes", c.Get("leaderIndexes"), leaders);
        foreach (JsonElement view in c.Get("viewsOutOfRange").EnumerateArray())
            comparison.Same("viewsOutOfRange", true, epochs.Leader(new View(view.GetUInt64())) is null);
    }

    /// <summary>One epoch whose members are numbered as the weights are; null if there is none.</summary>
    private static KnownEpochs? Built(JsonElement c, byte[] source)
    {
        View first = c.View("firstView");
        List<Seat> seats = [];
        foreach (JsonElement weight in c.Get("weights").EnumerateArray())
            seats.Add(new Seat(new NodeId(seats.Count), weight.GetUInt64(), false));
        var final = new View(first.Value + c.Unsigned("count") - 1);
        if (final < first) return null;
        try
        {
            var committee = Committee.Of(seats, seats.Count);
            var leaders = new LeaderSelection(source, c.Bytes("customizer_hex"), committee.Weights, first);
            return new KnownEpochs([new CommittedEpoch(new EpochTiming(first, final, 0, 0), committee, leaders)]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
