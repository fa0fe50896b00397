using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace FlowSim.Scenarios.Running;

/// <summary>Ctrl-C or a polite kill: the first asks the runs to stop, the second ends the process as usual.</summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Does what may be interrupted, and says so if it was.</summary>
    /// <returns>What the work returns, or <see cref="ExitCode.Interrupted"/>.</returns>
    public static int Guard(TextWriter error, Func<CancellationToken, int> work)
    {
        using Interruption interruption = new();
        try
        {
            return work(interruption.Token);
        }
        catch (OperationCanceledException)
        {
            error.Write("interrupted\n");
            return ExitCode.Interrupted;
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        try
        {
            signal.Cancel = !source.IsCancellationRequested;
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The signal came as the last run was reported; it takes its usual course.
        }
    }
}
