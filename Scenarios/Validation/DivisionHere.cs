using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using FlowSim.Scenarios.Running;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios.Validation;

/// <summary>The side that asks: this process does pieces itself and has workers do others.</summary>
/// <param name="family">Whose pieces these are.</param>
/// <param name="workers">Pieces at a time; the first worker is this process.</param>
/// <param name="cancel">Gives up.</param>
public sealed class DivisionHere(string family, int workers, CancellationToken cancel) : IDivision, IDisposable
{
    private readonly List<string> results = [];
    private readonly Mate?[] hands = [null, .. Enumerable.Range(1, workers - 1).Select(_ => new Mate(family))];

    /// <inheritdoc/>
    /// <exception cref="WorkFailedException">A piece failed in another process.</exception>
    public T[] Each<T>(int pieces, Func<int, T> work)
    {
        var done = new T[pieces];
        Crew.Share(hands[..Math.Clamp(pieces, 1, hands.Length)], pieces, (mate, i, stop) =>
        {
            done[i] = mate is null ? work(i) : mate.Ask<T>(results, i, stop);
            return true;
        }, cancel);
        results.Add(JsonSerializer.Serialize(done, FigureAnswers.Json));
        return done;
    }

    public void Dispose()
    {
        foreach (Mate? mate in hands) mate?.Dispose();
    }

    /// <summary>A worker, started when first needed, and how many calls' results it was told.</summary>
    private sealed class Mate(string family) : IDisposable
    {
        private Worker? worker;
        private int told;

        public T Ask<T>(List<string> results, int piece, CancellationToken cancel)
        {
            try
            {
                worker ??= Hired();
                while (told < results.Count) worker.Tell(results[told++]);
                return Read<T>(worker.Ask(piece.ToString(CultureInfo.InvariantCulture), cancel));
            }
            catch (WorkerLostException lost)
            {
                throw new WorkFailedException(Failure.Of(lost, $"a run for {family}"));
            }
        }

        public void Dispose() => worker?.Dispose();

        private Worker Hired()
        {
            Worker hired = new(WorkerVerb.Figures);
            hired.Tell(family);
            return hired;
        }

        private static T Read<T>(Answer answer)
        {
            try
            {
                return answer.Word is FigureAnswers.FigureWord
                    ? JsonSerializer.Deserialize<FigureAnswers.One<T>>(answer.Json, FigureAnswers.Json)!.Value
                    : throw new WorkFailedException(JsonSerializer.Deserialize<Failure>(answer.Json)!);
            }
            catch (JsonException)
            {
                throw new WorkerLostException("gave half an answer", answer.Json);
            }
        }
    }
}
