using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlowSim.Scenarios.Running;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Validation;

/// <summary>A worker that plays a family of figures: does the pieces it is asked for, is told all results.</summary>
public static class FigureAnswers
{
    /// <summary>The word before a figure.</summary>
    public const string FigureWord = "figure";

    /// <summary>Doubles come through unchanged, what is not finite too.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Answers until the input ends.</summary>
    /// <exception cref="OperationCanceledException">The input has ended.</exception>
    public static void Give(Inbox inbox, Action<string, string> say)
    {
        string id = inbox.Next();
        IFigureFamily family = FigureFamilies.All.Single(f => string.Equals(f.Id, id, StringComparison.Ordinal));
        family.Measure(new Workbench(new DivisionBeside(inbox, say), inbox.Closed));
        inbox.Next();
    }

    /// <summary>A figure as a JSON object.</summary>
    internal sealed record One<T>(T Value);

    /// <summary>The side that answers.</summary>
    private sealed class DivisionBeside(Inbox inbox, Action<string, string> say) : IDivision
    {
        /// <remarks>A list is the results of all pieces and ends this call; a number is a piece to do.</remarks>
        public T[] Each<T>(int pieces, Func<int, T> work)
        {
            while (true)
            {
                string line = inbox.Next();
                if (line.StartsWith('[')) return JsonSerializer.Deserialize<T[]>(line, Json)!;
                Answer(int.Parse(line, CultureInfo.InvariantCulture), work);
            }
        }

        private void Answer<T>(int piece, Func<int, T> work)
        {
            try
            {
                say(FigureWord, JsonSerializer.Serialize(new One<T>(work(piece)), Json));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                say(RunAnswers.FailureWord, JsonSerializer.Serialize(Failure.Of(failure)));
            }
        }
    }
}
