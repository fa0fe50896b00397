using System;
using System.Globalization;
using System.Text.Json;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The protocol's generator, each kind of draw from a fresh stream.</summary>
internal sealed class GeneratorOutputs : IFamily
{
    public string Name => "prg";

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.EachCase(file, c =>
        {
            CompareStream(c, comparison);
            CompareNumbers(c, comparison);
            CompareOrders(c, comparison);
        });

    private static FlowPrg Fresh(JsonElement c) =>
        new(c.Bytes("randomSource_hex"), c.Bytes("customizer_hex"), c.Bytes("diversifier_hex"));

    private static void CompareStream(JsonElement c, Comparison comparison)
    {
        byte[] key = FlowPrg.Key(c.Bytes("randomSource_hex"), c.Bytes("diversifier_hex"));
        comparison.Same("chachaKey_hex", c.Text("chachaKey_hex"), Convert.ToHexStringLower(key));
        byte[] bytes = new byte[96];
        Fresh(c).Read(bytes);
        comparison.Same("read96_hex", c.Text("read96_hex"), Convert.ToHexStringLower(bytes));
    }

    private static void CompareNumbers(JsonElement c, Comparison comparison)
    {
        FlowPrg prg = Fresh(c);
        JsonElement outputs = c.Get("uintN_outputs");
        int index = 0;
        foreach (JsonElement n in c.Get("uintN_inputs").EnumerateArray())
        {
            comparison.Same(string.Create(CultureInfo.InvariantCulture, $"uintN_outputs[{index}]"),
                outputs[index].GetUInt64(), prg.UintN(n.GetUInt64()));
            index++;
        }
    }

    private static void CompareOrders(JsonElement c, Comparison comparison)
    {
        int n = c.Get("permN").GetInt32();
        int m = c.Get("subM").GetInt32();
        comparison.Same("permutation", c.Get("permutation"), Fresh(c).Permutation(n));
        comparison.Same("subPermutation", c.Get("subPermutation"), Fresh(c).SubPermutation(n, m));

        int[] shuffled = Identity(n);
        Fresh(c).Shuffle<int>(shuffled);
        comparison.Same("shuffleOfIdentity", c.Get("shuffleOfIdentity"), shuffled);

        int[] sampled = Identity(n);
        Fresh(c).Samples<int>(sampled, m);
        comparison.Same("samplesOfIdentity", c.Get("samplesOfIdentity"), sampled);
    }

    private static int[] Identity(int n)
    {
        int[] items = new int[n];
        for (int i = 0; i < n; i++) items[i] = i;
        return items;
    }
}
