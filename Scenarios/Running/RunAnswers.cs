using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Running;

/// <summary>A worker that makes runs: told the files, then asked for one run after the other by its id.</summary>
/// <remarks>
/// It plans from the very bytes that its asker read, so a file that is edited meanwhile changes nothing; the id has the
/// build in it, so a worker of another build knows no such run.
/// </remarks>
public static class RunAnswers
{
    /// <summary>The word before a record's text.</summary>
    public const string RecordWord = "record";

    /// <summary>The word before a <see cref="Failure"/>.</summary>
    public const string FailureWord = "failure";

    /// <summary>The first line a worker is told.</summary>
    public static string Opening(ScenarioFile file, bool isWatched) =>
        JsonSerializer.Serialize(new Order(file.Files.Pack(), isWatched));

    /// <summary>Answers until the input ends.</summary>
    /// <exception cref="OperationCanceledException">The input has ended.</exception>
    public static void Give(Inbox inbox, Action<string, string> say)
    {
        Order order = JsonSerializer.Deserialize<Order>(inbox.Next())!;
        var plan = Plan.Of(ScenarioFile.Of(Closure.Unpack(order.Files)), order.IsWatched)
            .ToDictionary(run => run.Identity.RunId, StringComparer.Ordinal);
        while (true)
        {
            string id = inbox.Next();
            Made made = plan.TryGetValue(id, out PlannedRun? run)
                ? new MakerHere(order.IsWatched).Make(run, inbox.Closed)
                : new Made(null, Failure.Unknown);
            if (made.Record is { } record) say(RecordWord, Encoding.ASCII.GetString(record).TrimEnd());
            else say(FailureWord, JsonSerializer.Serialize(made.Failure));
        }
    }

    private sealed record Order(PackedFiles Files, bool IsWatched);
}
