using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>A quorum certificate: more than two thirds of the weight voted for one block.</summary>
/// <param name="View">The certified block's view.</param>
/// <param name="BlockId">The certified block.</param>
/// <param name="Signers">Who voted, by committee index.</param>
/// <param name="Weight">The signers' weight in the committee of that view.</param>
/// <param name="BeaconShares">How many signers contributed a random-beacon share.</param>
public sealed record QuorumCertificate(View View, BlockId BlockId, SignerSet Signers, ulong Weight, int BeaconShares)
{
    /// <summary>A certificate that is trusted as given: the root's, or a test's.</summary>
    public static QuorumCertificate Trusted(View view, BlockId block) =>
        new(view, block, SignerSet.Empty, ulong.MaxValue, int.MaxValue);

    /// <summary>The key of the content, for digests and draws.</summary>
    /// <remarks>
    /// Kept, because it covers a bit per member. A copy made by <c>with</c> has the key of its original: give a forged
    /// certificate other fields by its constructor.
    /// </remarks>
    public ulong Key { get; } = Mix64.Then(Mix64.Then(Mix64.Then(1, View.Value), BlockId.Value), KeyOf(Signers));

    private static ulong KeyOf(SignerSet signers)
    {
        ulong key = 0;
        foreach (ulong word in signers.Words) key = Mix64.Then(key, word);
        return key;
    }
}

/// <summary>A timeout certificate: more than two thirds of the weight gave up on a view.</summary>
/// <remarks>
/// flow-go lists each signer's newest QC view; only the largest decides anything, so only that is kept
/// (consensus/hotstuff/README.md, TC.NewestQCViews).
/// </remarks>
/// <param name="View">The abandoned view.</param>
/// <param name="NewestQcView">The largest QC view any signer reported.</param>
/// <param name="NewestQc">The newest certificate among the signers' timeout objects.</param>
/// <param name="Signers">Who timed out, by committee index.</param>
/// <param name="Weight">The signers' weight in the committee of that view.</param>
public sealed record TimeoutCertificate(
    View View, View NewestQcView, QuorumCertificate NewestQc, SignerSet Signers, ulong Weight)
{
    /// <summary>The key of the content, for digests and draws.</summary>
    public ulong Key => Mix64.Then(Mix64.Then(2, View.Value), NewestQc.Key);

    /// <summary>A certificate that is trusted as given, for tests and recovery data.</summary>
    public static TimeoutCertificate Trusted(View view, QuorumCertificate newestQc) =>
        new(view, newestQc.View, newestQc, SignerSet.Empty, ulong.MaxValue);
}
