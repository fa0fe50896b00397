namespace FlowSim.ProtocolState;

/// <summary>The machines that share a block's service events; no field has two writers.</summary>
public enum StateMachineKind : byte
{
    VersionUpgrade,
    Epoch,
    SetValue,
}

/// <summary>What a machine made of an event.</summary>
public enum EventVerdict : byte
{
    /// <summary>It was taken up.</summary>
    Processed,

    /// <summary>The upgrade is not to the next version, or another one is due.</summary>
    InvalidUpgradeVersion,

    /// <summary>The upgrade comes too soon.</summary>
    InvalidActivationView,

    /// <summary>The value is out of bounds.</summary>
    InvalidValue,

    /// <summary>It does not fit the epochs as they are.</summary>
    InvalidEpochEvent,
}

/// <summary>What became of an event that a machine looked at.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Event">The event's place in the block, by ascending height of the seals.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Fault">What does not fit the epochs.</param>
public readonly record struct EventOutcome(
    StateMachineKind Machine, int Event, EventVerdict Verdict, EpochEventFault Fault = EpochEventFault.None);
