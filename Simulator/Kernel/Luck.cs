using System;

namespace FlowSim.Kernel;

/// <summary>Chance as a pure function of (seed, named purpose, stable ids, attempt).</summary>
/// <remarks>
/// The same question has the same answer whoever asks and whenever, so two parameter sets under one seed meet the
/// same network, adding a node leaves the others' draws alone, and parallel runs share nothing. One key is one
/// fate: whoever retries must put the attempt into the key.
/// </remarks>
public readonly record struct Luck(ulong Seed)
{
    /// <summary>All draws for one purpose. Resolve it once; the name is hashed.</summary>
    public Purpose For(string purpose) => new(Mix64.Then(Mix64.Of(unchecked(Seed + 1)), Mix64.OfText(purpose)));

    /// <summary>A family of 64-bit draws, each named by up to three words.</summary>
    public readonly record struct Purpose(ulong Key)
    {
        /// <summary>The family narrowed to one id, for instance to one link.</summary>
        public Purpose About(ulong id) => new(Mix64.Then(Key, id));

        public ulong Draw(ulong a) => Mix64.Then(Key, a);

        /// <summary>The same draw for an id that <see cref="Mix64.Prepared"/> has seen before.</summary>
        public ulong DrawPrepared(ulong prepared) => Mix64.ThenPrepared(Key, prepared);

        public ulong Draw(ulong a, ulong b) => Mix64.Then(Mix64.Then(Key, a), b);
        public ulong Draw(ulong a, ulong b, ulong c) => Mix64.Then(Mix64.Then(Mix64.Then(Key, a), b), c);
    }

    /// <summary>Scales a draw to 0 … count-1; the bias is below count/2^64.</summary>
    public static long Below(ulong draw, long count) => (long)Math.BigMul(draw, (ulong)count, out _);
}
