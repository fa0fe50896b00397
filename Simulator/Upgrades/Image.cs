using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.ProtocolState;

namespace FlowSim.Upgrades;

/// <summary>A build of the node software: what it says of itself, and what it does.</summary>
/// <remarks>The two need not agree: a patch that breaks something is an image whose version does not say so.</remarks>
/// <param name="Name">Unique in a run; names draws about it.</param>
/// <param name="Version">The version that it was built as; null when it has none, and then no beacon binds it.</param>
/// <param name="Protocol">The versions of the protocol state that it reads and makes.</param>
/// <param name="Behaviours">How it executes; of two entries that fit the first counts. Where none fits it executes as
/// specified.</param>
/// <param name="Schema">The layout of its database: it starts on its own or an older one only.</param>
public sealed record Image(string Name, SemanticVersion? Version, VersionSupport Protocol,
    IReadOnlyList<ImageBehaviour> Behaviours, int Schema = 0)
{
    /// <summary>How it executes where no version is asked: by its first behaviour, every block alike.</summary>
    public Behaviour ForEveryBlock => Behaviours.Count == 0 ? Behaviour.Specified : Behaviours[0].Behaviour;

    /// <summary>How it executes a block whose protocol state has a version.</summary>
    public Behaviour BehaviourFor(ulong protocolVersion)
    {
        foreach (ImageBehaviour entry in Behaviours)
        {
            if (entry.ProtocolVersion is not { } version || version == protocolVersion) return entry.Behaviour;
        }

        return Behaviour.Specified;
    }
}

/// <summary>One way in which an image executes.</summary>
/// <param name="ProtocolVersion">For blocks of this version of the protocol state; null for all.</param>
/// <param name="Behaviour">The behaviour.</param>
public sealed record ImageBehaviour(ulong? ProtocolVersion, Behaviour Behaviour);

/// <summary>A node's behaviours when nothing but its image and a block's protocol version decides.</summary>
public sealed class ImageBehaviours(Image image) : IBehaviours
{
    public Behaviour Of(Height height, CommittedState? state) =>
        image.BehaviourFor((state as KeyValueSnapshot)?.Version ?? 0);
}
