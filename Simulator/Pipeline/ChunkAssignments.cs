using System.Buffers.Binary;
using System.Collections.Generic;
using FlowSim.Assignment;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Pipeline;

/// <summary>The chunk assignments of a run, each computed once for all who ask.</summary>
/// <remarks>
/// A pure function of the block that incorporates a result: its randomness comes with the certificate for it
/// (module/chunks/chunk_assigner.go), and stands here for a hash of its identity. Old ones are forgotten and computed
/// anew when somebody asks. Eligible is who verifies as of the executed block.
/// </remarks>
public sealed class ChunkAssignments(Roster roster, int perChunk)
{
    private const int Kept = 1 << 12;

    private readonly Dictionary<(BlockId, ResultId), NodeId[][]> known = [];
    private readonly Queue<(BlockId, ResultId)> order = new();

    /// <summary>The verifiers of each chunk of a result that a block incorporates.</summary>
    public IReadOnlyList<IReadOnlyList<NodeId>> Of(BlockId incorporatedIn, ExecutionResult result)
    {
        (BlockId, ResultId) key = (incorporatedIn, result.Id);
        if (known.TryGetValue(key, out NodeId[][]? assignment)) return assignment;
        assignment = Compute(incorporatedIn, result);
        known.Add(key, assignment);
        order.Enqueue(key);
        if (order.Count > Kept) known.Remove(order.Dequeue());
        return assignment;
    }

    private NodeId[][] Compute(BlockId incorporatedIn, ExecutionResult result)
    {
        IReadOnlyList<NodeId> verifiers = roster.Of(Role.Verification, result.State);
        IReadOnlyList<int[]> places = ChunkAssignment.Of(
            Randomness(incorporatedIn), verifiers.Count, result.Chunks.Count, perChunk);
        var assignment = new NodeId[places.Count][];
        for (int i = 0; i < assignment.Length; i++)
            assignment[i] = System.Array.ConvertAll(places[i], place => verifiers[place]);
        return assignment;
    }

    private static byte[] Randomness(BlockId block)
    {
        byte[] source = new byte[32];
        for (int word = 0; word < 4; word++)
            BinaryPrimitives.WriteUInt64LittleEndian(
                System.MemoryExtensions.AsSpan(source, 8 * word), Mix64.Then(block.Value, (ulong)word));
        return source;
    }
}
