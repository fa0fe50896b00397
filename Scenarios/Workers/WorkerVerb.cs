using System;
using System.CommandLine;
using System.IO;
using System.Runtime.InteropServices;
using FlowSim.Scenarios.Benching;
using FlowSim.Scenarios.Running;
using FlowSim.Scenarios.Validation;

namespace FlowSim.Scenarios.Workers;

/// <summary>The verb that FlowSim starts itself with: it answers lines of its input until that ends.</summary>
/// <remarks>Signals to a terminal's whole group are left to the process that started it.</remarks>
public static class WorkerVerb
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "worker";

    /// <summary>The trade of <see cref="RunAnswers"/>.</summary>
    public const string Runs = "runs";

    /// <summary>The trade of <see cref="FigureAnswers"/>.</summary>
    public const string Figures = "figures";

    /// <summary>The trade of <see cref="BenchAnswers"/>.</summary>
    public const string Chores = "chores";

    /// <summary>The hidden verb.</summary>
    public static Command Of(TextWriter output)
    {
        Argument<string> trade = new("TRADE") { Description = "What to answer." };
        Command verb = new(Name, "FlowSim's own: simulate for the process that started this one.")
        {
            trade,
        };
        verb.Hidden = true;
        verb.SetAction(parsed => Listen(parsed.GetRequiredValue(trade), output));
        return verb;
    }

    private static int Listen(string trade, TextWriter output)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using StreamReader input = new(Console.OpenStandardInput());
        using Inbox inbox = new(input);
        void Say(string word, string json)
        {
            output.Write(new Answer(Environment.CpuUsage.TotalTime, word, json).Line + "\n");
            output.Flush();
        }

        try
        {
            if (trade is Runs) RunAnswers.Give(inbox, Say);
            if (trade is Chores) BenchAnswers.Give(inbox, Say);
            if (trade is Figures) FigureAnswers.Give(inbox, Say);
            throw new ScenarioException($"{Name} {trade}: no such trade; this verb is FlowSim's own");
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Ok;
        }
    }
}
