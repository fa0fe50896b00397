using System;
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
