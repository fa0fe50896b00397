using System.Collections.Generic;
using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim;

/// <summary>Puts clients' calls on the agenda, one after the other.</summary>
/// <remarks>A call's time, node and content are draws named by its number, so that two sets meet the same clients.
/// </remarks>
internal sealed class Arrivals
{
    private const long Million = 1_000_000;

    /// <summary>Size and computation limit of a transaction of the service account: a client's by default.</summary>
    private const long GovernanceBytes = 1_000;
    private const long GovernanceGas = 1_000;

    private const long NanosecondsPerThousandSeconds = 1_000 * SimDuration.NanosecondsPerSecond;

    private readonly Agenda agenda;
    private readonly Workload workload;
    private readonly int[] nodes;
    private readonly Quantiles gap;
    private readonly Luck.Purpose draws;
    private long made;
    private SimTime at;

    public Arrivals(Agenda agenda, Workload? workload, IReadOnlyList<NodeSpec> population, Luck luck,
        IReadOnlyList<GovernanceAct>? governance = null)
    {
        this.agenda = agenda;
        this.workload = workload ?? new Workload { CallsPerThousandSeconds = 0 };
        draws = luck.For("clients");
        var access = new List<int>();
        for (int i = 0; i < population.Count; i++)
        {
            if (population[i] is { Role: Role.Access, FirstEpoch: 0 }) access.Add(i);
        }

        nodes = [.. access];
        gap = Gap(this.workload);
        at = this.workload.From;
        Govern(governance ?? [], luck.For("governance"));
        if (this.workload.CallsPerThousandSeconds > 0 && nodes.Length > 0) Next();
    }

    /// <summary>The next call; to be asked for when the one before has come.</summary>
    public void Next()
    {
        ulong number = (ulong)made++;
        if (workload.Shape != ArrivalShape.Bursts || number % (ulong)workload.BurstSize == 0)
            at += new SimDuration(gap.Value(draws.Draw(number, 0)));
        if (at >= workload.Until) return;
        var call = new ClientCall(draws.Draw(number, 1),
            Luck.Below(draws.Draw(number, 2), Million) < workload.ScriptsPerMillion,
            workload.Bytes.Value(draws.Draw(number, 3)), workload.Gas.Value(draws.Draw(number, 4)));
        int node = nodes[Luck.Below(draws.Draw(number, 5), nodes.Length)];
        agenda.Push(at, EventClass.Call, node, node, call);
    }

    /// <summary>The service account's transactions, each to some access node.</summary>
    private void Govern(IReadOnlyList<GovernanceAct> acts, Luck.Purpose purpose)
    {
        for (int i = 0; i < acts.Count; i++)
        {
            var call = new ClientCall(purpose.Draw((ulong)i, 0), false, GovernanceBytes, GovernanceGas, acts[i].Call);
            int node = nodes[Luck.Below(purpose.Draw((ulong)i, 1), nodes.Length)];
            agenda.Push(acts[i].At, EventClass.Call, node, node, call);
        }
    }

    private static Quantiles Gap(Workload workload)
    {
        if (workload.CallsPerThousandSeconds == 0) return Quantiles.Constant(0);
        long mean = NanosecondsPerThousandSeconds / workload.CallsPerThousandSeconds;
        return workload.Shape switch
        {
            ArrivalShape.Constant => Quantiles.Constant(mean),
            ArrivalShape.Poisson => Quantiles.Exponential(mean),
            ArrivalShape.Bursts => Quantiles.Exponential(mean * workload.BurstSize),
            _ => throw new UnreachableException(),
        };
    }
}
