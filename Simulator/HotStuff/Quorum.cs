using System;

namespace FlowSim.HotStuff;

/// <summary>How much a certificate needs (flow-go committees/threshold.go,
/// module/signature/threshold.go).</summary>
public static class Quorum
{
    /// <summary>Weight that certifies a block or abandons a view: the least above two thirds.</summary>
    public static ulong ToCertify(ulong totalWeight) => 2 * (totalWeight / 3) + Math.Max(1, totalWeight % 3);

    /// <summary>Weight of timeouts that makes a node join them: the least above one third.</summary>
    public static ulong ToTimeout(ulong totalWeight) => totalWeight / 3 + 1;

    /// <summary>Random-beacon shares a QC of the consensus committee needs besides the weight.</summary>
    /// <remarks>One more than the threshold t = ⌊(n-1)/2⌋ of the key generation, which flow-go raises to 1
    /// for n = 2.</remarks>
    public static int BeaconShares(int members)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(members);
        return members == 2 ? 2 : (members - 1) / 2 + 1;
    }
}
