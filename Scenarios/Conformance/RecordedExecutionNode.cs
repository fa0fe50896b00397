using System;
using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The world around a stop control: the recorded blocks, which of them are final or executed, and the
/// beacons.</summary>
internal sealed class RecordedExecutionNode : IExecutionKnowledge
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, (Height Height, string Parent)> blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<Height, BlockId> finalized = [];
    private readonly HashSet<BlockId> executed = [];
    private readonly SealedBeacons beacons = new();

    public RecordedExecutionNode(JsonElement c, StopControl control)
    {
        Control = control;
        foreach (JsonElement block in c.Get("blocks").EnumerateArray())
            blocks.Add(block.Text("id"), (new Height(block.Unsigned("height")), block.Text("parent")));
        foreach (JsonElement block in c.Get("initialFinalizedIndex").EnumerateArray())
            MarkFinalized(block.GetString() ?? "");
    }

    public StopControl Control { get; private set; }

    public SealedBeacon? Highest(Height height) => beacons.Highest(height);

    public BlockId? FinalizedAt(Height height) =>
        finalized.TryGetValue(height, out BlockId block) ? block : null;

    public bool IsExecuted(BlockId block) => executed.Contains(block);

    /// <summary>A block's name; nothing for none.</summary>
    public string NameOf(BlockId? block) => block is { } id ? names[(int)id.Value] : "";

    /// <summary>Makes a recorded call.</summary>
    /// <returns>What came of it, as the recording spells it.</returns>
    public string Apply(JsonElement op)
    {
        switch (op.Text("op"))
        {
            case "sealBeacon":
                beacons.Add(new SealedBeacon(
                    BeaconChecks.Beacon(op, op.Unsigned("sequence")), new Height(op.Unsigned("sealHeight"))));
                return "ok";
            case "setStop":
                StopControl? changed =
                    Control.Set(new Height(op.Unsigned("stopBeforeHeight")), op.Flag("shouldCrash"));
                Control = changed ?? Control;
                return changed is null ? "cannotChangeStop" : "ok";
            case var about:
                return Apply(about, op.Text("block"));
        }
    }

    private string Apply(string op, string name)
    {
        (Height height, string parent) = blocks[name];
        switch (op)
        {
            case "finalize" or "start":
                MarkFinalized(name);
                return Take(Control.Finalized(height, Id(parent), this));
            case "markExecuted":
                executed.Add(Id(name));
                return "ok";
            case "onBlockExecuted":
                return Take(Control.Executed(Id(name), height));
            case "shouldExecute":
                bool may = Control.MayExecute(height, out StopControl next);
                Control = next;
                return may ? "true" : "false";
            default:
                throw new RecordingException($"unknown op {op}");
        }
    }

    private string Take(StopStep step)
    {
        Control = step.Control;
        return step.Effect switch { StopEffect.Exit => "crash", StopEffect.Fail => "exception", _ => "ok" };
    }

    private void MarkFinalized(string name) => finalized[blocks[name].Height] = Id(name);

    private BlockId Id(string name)
    {
        int index = names.IndexOf(name);
        if (index < 0)
        {
            index = names.Count;
            names.Add(name);
        }

        return new BlockId((ulong)index);
    }
}
