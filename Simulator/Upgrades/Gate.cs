namespace FlowSim.Upgrades;

/// <summary>What tells whether a rollout goes well: nobody whom it has changed ends by itself.</summary>
internal sealed class Gate(int nodes)
{
    private readonly bool[] isChanged = new bool[nodes];

    public bool HasFailed { get; private set; }

    public void Changed(int node) => isChanged[node] = true;

    public void Ended(int node) => HasFailed |= isChanged[node];
}
