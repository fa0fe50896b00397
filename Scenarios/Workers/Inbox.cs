using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;

namespace FlowSim.Scenarios.Workers;

/// <summary>What a worker is told, line by line, by whoever started it.</summary>
/// <remarks>The end of the input ends the worker wherever it is: nobody waits for an answer any more.</remarks>
public sealed class Inbox : IDisposable
{
    private readonly BlockingCollection<string> lines = [];
    private readonly CancellationTokenSource closing = new();

    public Inbox(TextReader input) => new Thread(() => Read(input)) { IsBackground = true }.Start();

    /// <summary>Cancelled when the input ends.</summary>
    public CancellationToken Closed => closing.Token;

    /// <summary>Waits for the next line.</summary>
    /// <exception cref="OperationCanceledException">The input has ended.</exception>
    public string Next() => lines.Take(closing.Token);

    public void Dispose() => closing.Cancel();

    private void Read(TextReader input)
    {
        while (input.ReadLine() is { } line) lines.Add(line);
        closing.Cancel();
    }
}
