using System.Text.Json;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios.Recorded;

/// <summary>An execution node's stop control, call by call.</summary>
internal sealed class StopControls(string name) : IFamily
{
    public string Name => name;

    public void Replay(JsonElement file, Comparison comparison)
    {
        if (file.ValueKind == JsonValueKind.Array) comparison.EachCase(file, c => ReplayCase(c, comparison));
        else comparison.Case(file.Text("name"), () => ReplayCase(file, comparison));
    }

    private static void ReplayCase(JsonElement c, Comparison comparison)
    {
        JsonElement version = c.Get("nodeVersion");
        var node = new RecordedExecutionNode(c, new StopControl(
            version.IsNull() ? null : SemanticVersion.Parse(version.GetString() ?? ""),
            c.Flag("crashOnVersionBoundaryReached"), c.Flag("withStoppedExecution")));
        Compare(c.Get("initialState"), node, comparison);
        int number = 0;
        foreach (JsonElement op in c.Get("ops").EnumerateArray())
        {
            comparison.Step(++number);
            comparison.Same("result", op.Text("result"), node.Apply(op));
            Compare(op.Get("state"), node, comparison);
        }
    }

    private static void Compare(JsonElement expected, RecordedExecutionNode node, Comparison comparison)
    {
        StopBoundary boundary = node.Control.Boundary;
        comparison.Same("stopped", expected.Flag("stopped"), node.Control.IsStopped);
        comparison.Same("stopBeforeHeight", expected.UnsignedOrNull("stopBeforeHeight"),
            boundary.BeforeHeight?.Value);
        comparison.Same("shouldCrash", expected.Flag("shouldCrash"), boundary.Exits);
        comparison.Same("immutable", expected.Flag("immutable"), boundary.IsFixed);
        comparison.Same("stopAfterExecuting", expected.Text("stopAfterExecuting"), node.NameOf(boundary.LastBlock));
        comparison.Same("source", expected.Text("source"), boundary.Source switch
        {
            StopSource.Manual => "manual",
            StopSource.VersionBeacon => "versionBeacon",
            _ => "",
        });
    }
}
