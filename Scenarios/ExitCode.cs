namespace FlowSim.Scenarios;

/// <summary>What the process tells its caller; the whole table.</summary>
public static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Every run finished and an expectation was missed.</summary>
    public const int ExpectationMissed = 1;

    /// <summary>A mistake in a file or on the command line; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>FlowSim contradicts itself or a protocol invariant broke; its numbers mean nothing.</summary>
    public const int Inconsistent = 3;

    /// <summary>A sweep worker: the manifest is of another plan or another build.</summary>
    public const int ManifestMismatch = 65;

    /// <summary>A sweep worker: the same run gave two different digests.</summary>
    public const int Nondeterminism = 70;

    /// <summary>Reading or writing failed, or a worker process was lost; it may work later.</summary>
    public const int InputOutputFailure = 75;

    /// <summary>Stopped by the user (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
