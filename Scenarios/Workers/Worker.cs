using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace FlowSim.Scenarios.Workers;

/// <summary>A process of FlowSim beside this one: a line in, a line out.</summary>
/// <remarks>
/// It touches no file, so it may be killed at any time. It ends with its input, hence with this process, however that
/// ends.
/// </remarks>
public sealed class Worker : IDisposable
{
    private const int MostSaid = 10_000;
    private const int SignalBase = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    /// <summary>Time for a process whose output has ended to end itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly StringBuilder said = new();

    /// <summary>Starts it.</summary>
    /// <param name="trade">What it is to do, a name of <see cref="WorkerVerb"/>.</param>
    /// <exception cref="WorkerLostException">It cannot be started.</exception>
    public Worker(string trade)
    {
        try
        {
            process = Self.Start(WorkerVerb.Name, trade);
        }
        catch (Win32Exception failed)
        {
            throw new WorkerLostException($"could not be started ({failed.Message})", "");
        }

        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Processor time of the process up to its last answer.</summary>
    public TimeSpan Cpu { get; private set; }

    /// <summary>Keeps it to a core; to be asked for before anything else.</summary>
    /// <param name="core">One of <see cref="Cores.Usable"/>.</param>
    public void KeepTo(int core) => Cores.Keep(process, core);

    /// <summary>Tells it something.</summary>
    /// <param name="line">A line; a worker that is lost shows when it is asked.</param>
    public void Tell(string line)
    {
        try
        {
            process.StandardInput.Write(line + "\n");
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Asks it something and waits.</summary>
    /// <param name="line">A line that has an answer.</param>
    /// <param name="cancel">Ends the process.</param>
    /// <exception cref="OperationCanceledException">Cancelled, or a signal to all of us came very early.</exception>
    /// <exception cref="WorkerLostException">It ended.</exception>
    public Answer Ask(string line, CancellationToken cancel)
    {
        using CancellationTokenRegistration killing = cancel.Register(process.Kill);
        Tell(line);
        Answer? answer = process.StandardOutput.ReadLine() is { } heard ? Answer.Of(heard) : null;
        cancel.ThrowIfCancellationRequested();
        Cpu = answer?.Cpu ?? throw Lost();
        return answer.Value;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private Exception Lost()
    {
        if (!process.WaitForExit(Grace)) process.Kill();
        process.WaitForExit();
        int signal = process.ExitCode - SignalBase;
        if (signal is Interrupt or Terminate) return new OperationCanceledException();
        string how = signal > 0
            ? FormattableString.Invariant($"ended by signal {signal}; is memory short?")
            : FormattableString.Invariant($"ended with exit code {process.ExitCode}");
        lock (said) return new WorkerLostException(how, said.ToString());
    }

    private void Hear(string? line)
    {
        lock (said)
        {
            if (line is not null && said.Length < MostSaid) said.Append(line).Append('\n');
        }
    }
}
