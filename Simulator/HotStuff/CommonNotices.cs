using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>Notices that one node after the other states in the same words, each made once while they do.</summary>
/// <remarks>A notice never changes, so nobody can tell whether it was made anew.</remarks>
internal sealed class CommonNotices
{
    private Notice.Incorporated? incorporated;
    private Notice.Finalized? finalized;
    private Notice.EnteredView? entered;

    /// <summary>A block joined the tree.</summary>
    public Notice.Incorporated Incorporated(Block block) =>
        incorporated is { } last && ReferenceEquals(last.Block, block) ? last : incorporated = new(block);

    /// <summary>A block became final.</summary>
    public Notice.Finalized Finalized(Block block) =>
        finalized is { } last && ReferenceEquals(last.Block, block) ? last : finalized = new(block);

    /// <summary>A view was entered.</summary>
    public Notice.EnteredView Entered(ViewChange change) =>
        entered is { } last && last.View == change.To && last.From == change.From && last.ByTc == change.ByTc
            && last.Timeout == change.Timeout
            ? last : entered = new(change.To, change.From, change.ByTc, change.Timeout);
}
