using System;
using System.Text.Json;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The controller's two filters, sample by sample.</summary>
internal sealed class CruiseFilters : IFamily
{
    public string Name => "cruisectl-filters";

    public void Replay(JsonElement file, Comparison comparison) =>
        comparison.EachCase(file, c =>
        {
            double param = c.Real("param");
            double initial = c.Real("initialValue");
            switch (c.Text("filter"))
            {
                case "ewma":
                    Ewma? average = Built(c, () => new Ewma(param, initial), comparison);
                    if (average is not null)
                        Run(c, average.Add, average.AddRepeated, () => average.Value, comparison);
                    break;
                case "leakyIntegrator":
                    LeakyIntegrator? sum = Built(c, () => new LeakyIntegrator(param, initial), comparison);
                    if (sum is not null) Run(c, sum.Add, sum.AddRepeated, () => sum.Value, comparison);
                    break;
                case var other:
                    throw new RecordingException($"unknown filter {other}");
            }
        });

    private static T? Built<T>(JsonElement c, Func<T> build, Comparison comparison)
        where T : class
    {
        T? built = null;
        try
        {
            built = build();
        }
        catch (ArgumentException)
        {
            // The comparison below says so.
        }

        comparison.Same("constructorError", c.Flag("constructorError"), built is null);
        return c.Flag("constructorError") ? null : built;
    }

    private static void Run(
        JsonElement c, Action<double> add, Action<double, ulong> addRepeated, Func<double> value,
        Comparison comparison)
    {
        int number = 0;
        foreach (JsonElement op in c.Get("ops").EnumerateArray())
        {
            comparison.Step(++number);
            switch (op.Text("op"))
            {
                case "add":
                    add(op.Real("v"));
                    break;
                case "addRepeated":
                    addRepeated(op.Real("v"), op.Unsigned("k"));
                    break;
                case var other:
                    throw new RecordingException($"unknown op {other}");
            }

            comparison.Same("value", op.Real("value"), value());
        }
    }
}
