using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>What a program does when it executes: the stand-in for a version of the virtual machine.</summary>
/// <remarks>
/// The specified behaviour has key 0. Another one differs from it on a share of chunks, the same chunks at every node
/// that runs it; elsewhere the two are equal.
/// </remarks>
/// <param name="Key">Names the behaviour; 0 is the specified one.</param>
/// <param name="SensitivityPerBillion">Chance that a chunk's outcome differs, per thousand million chunks.</param>
public readonly record struct Behaviour(ulong Key, long SensitivityPerBillion) : IBehaviours
{
    private const long Billion = 1_000_000_000;

    /// <summary>The behaviour that all nodes should have.</summary>
    public static readonly Behaviour Specified;

    /// <summary>The same for every block.</summary>
    Behaviour IBehaviours.Of(Height height, CommittedState? state) => this;

    /// <summary>Whether the outcome of a chunk differs from the specified one's.</summary>
    /// <param name="chance">The draws of the run that decide on sensitivity.</param>
    /// <param name="content">What the chunk executes.</param>
    public bool Differs(Luck.Purpose chance, ulong content) =>
        Key != 0 && SensitivityPerBillion > 0
        && Luck.Below(chance.Draw(Key, content), Billion) < SensitivityPerBillion;

    /// <summary>The state after a chunk.</summary>
    /// <param name="chance">The draws of the run that decide on sensitivity.</param>
    /// <param name="start">The state before.</param>
    /// <param name="content">What the chunk executes.</param>
    public Commitment Execute(Luck.Purpose chance, Commitment start, ulong content)
    {
        ulong end = Mix64.Then(Mix64.Then(36, start.Value), content);
        return new Commitment(Differs(chance, content) ? Mix64.Then(end, Key) : end);
    }
}
