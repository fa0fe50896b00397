using System;
using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Assignment;

namespace FlowSim.Scenarios.Recorded;

/// <summary>Which verifiers check which chunk.</summary>
internal sealed class ChunkAssignments : IFamily
{
    public string Name => "chunk-assignment";

    public void Replay(JsonElement file, Comparison comparison) => comparison.EachCase(file, c =>
    {
        IReadOnlyList<int[]>? assigned = null;
        try
        {
            assigned = ChunkAssignment.Of(c.Bytes("randomSource_hex"), c.Get("verifiers").GetInt32(),
                c.Get("chunks").GetInt32(), c.Get("alpha").GetInt32());
        }
        catch (ArgumentException)
        {
            // flow-go refuses too, as the flag compared below says.
        }

        comparison.Same("error", c.Flag("error"), assigned is null);
        if (assigned is not null) comparison.Same("assignment", c.Get("assignment"), assigned);
    });
}
