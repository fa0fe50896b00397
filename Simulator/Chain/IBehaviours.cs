namespace FlowSim.Chain;

/// <summary>By which behaviour a node executes which block.</summary>
public interface IBehaviours
{
    /// <summary>The behaviour for a block.</summary>
    /// <param name="height">The block's height.</param>
    /// <param name="state">The protocol state that it commits to; null in worlds without one.</param>
    Behaviour Of(Height height, CommittedState? state);
}
