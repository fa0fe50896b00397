using System.Text.Json;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The recorded world around a controller: turns its target for one block into the next block's
/// time.</summary>
internal sealed class ClosedLoop(JsonElement rule, View initialView)
{
    private int index;

    /// <summary>When the current block is observed; its view is entered at the same time.</summary>
    public SimTime Time { get; private set; } = rule.Time("t0_ns");

    public View View { get; private set; } = initialView.Next;

    /// <summary>Goes on to the next block.</summary>
    /// <param name="target">When the controller wants it published if it extends the current one.</param>
    public void Advance(SimTime target)
    {
        SimTime wanted = rule.Get("parentMatches")[index].GetBoolean() ? target : Time;
        SimTime ready = Time + Duration("build_ns");
        Time = SimTime.Max(wanted, ready) + Duration("delay_ns");
        View = new View(View.Value + rule.Get("viewIncrement")[index].GetUInt64());
        index++;
    }

    private SimDuration Duration(string field) => new(rule.Get(field)[index].GetInt64());
}
