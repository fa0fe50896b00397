using System;
using System.Diagnostics;
using System.IO;

namespace FlowSim.Scenarios.Running;

/// <summary>How far the runs are: one line that is rewritten on a terminal, a line per run elsewhere.</summary>
public sealed class Progress : IDisposable
{
    private const string ClearLine = "\r\u001b[K";

    private readonly int total;
    private readonly TextWriter output;
    private readonly bool isTerminal;
    private readonly long begun = Stopwatch.GetTimestamp();
    private int done;
    private int simulated;

    public Progress(int total, TextWriter output, bool isTerminal)
    {
        this.total = total;
        this.output = output;
        this.isTerminal = isTerminal;
        Rewrite();
    }

    /// <summary>Counts a run.</summary>
    public void Finished(FinishedRun run)
    {
        done++;
        if (!run.IsReused) simulated++;
        Rewrite();
        if (!isTerminal) output.Write(Line(run));
    }

    public void Dispose()
    {
        if (isTerminal) output.Write(ClearLine);
    }

    private void Rewrite()
    {
        if (isTerminal) output.Write(ClearLine + FormattableString.Invariant($"{done}/{total} runs{Remaining()}"));
    }

    private string Line(FinishedRun run)
    {
        string outcome = run.Failure is not null ? "FAILED"
            : run.IsReused ? "on record" : FormattableString.Invariant($"{run.Elapsed.TotalSeconds:F1} s");
        return FormattableString.Invariant(
            $"{done}/{total} {run.Run.Scenario.Name} {run.Run.Set.Name} seed {run.Run.Spec.Seed}: {outcome}\n");
    }

    /// <summary>Time left at the pace so far; runs taken from records cost nothing.</summary>
    private string Remaining()
    {
        if (simulated == 0 || done == total) return "";
        double pace = Stopwatch.GetElapsedTime(begun).TotalSeconds / simulated;
        return FormattableString.Invariant($", about {Math.Ceiling(pace * (total - done))} s left");
    }
}
