using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Upgrades;

namespace FlowSim.Analysis.Divergence;

/// <summary>What nodes could tell afterwards, each from what it has finalized itself, of the version that holds for an
/// old block.</summary>
/// <remarks>
/// The working group's third goal is that later processing of data finds no ambiguity (meeting of 2024-03-28). Asked is
/// every pair of a node that is up at the end and a sealed block that it has; a random question is such a pair.
/// </remarks>
public sealed class VersionAnswers
{
    private readonly VersionRecord record;
    private readonly BeaconKnowledge knowledge;
    private readonly Memory[] memories;
    private readonly SortedDictionary<Height, ServiceEvent.VersionBeacon> sealedBeacons = [];

    public VersionAnswers(RunSpec run)
    {
        Strategy strategy = run.Upgrade!.Strategy;
        (record, knowledge) = (strategy.Record, strategy.Knowledge);
        memories = new Memory[run.Nodes.Count];
        for (int node = 0; node < memories.Length; node++) memories[node] = new Memory();
    }

    public void On(int node, Notice notice)
    {
        switch (notice)
        {
            case Notice.Finalized { Block: var block }:
                Finalized(memories[node], block);
                break;
            case Notice.Bootstrapped { Head: var head }:
                memories[node] = new Memory { Root = head.Height };
                Finalized(memories[node], head);
                foreach ((Height height, ServiceEvent.VersionBeacon beacon) in sealedBeacons)
                {
                    if (height > head.Height || knowledge == BeaconKnowledge.MemoryOnly) break;
                    memories[node].Learn(height, beacon);
                }

                if (knowledge == BeaconKnowledge.Snapshot) memories[node].KeepNewestBeacon();
                break;
            case Notice.Restored { Head: var head }:
                memories[node].GoBack(head);
                break;
            case Notice.Cloned { From: var from }:
                memories[node] = memories[from.Index].Copy();
                break;
        }
    }

    /// <summary>Share of the questions without one answer on which all agree; null when there is none to ask.</summary>
    /// <param name="newest">The highest sealed height.</param>
    /// <param name="isUp">Who can be asked.</param>
    public double? Ambiguity(Height newest, Predicate<int> isUp)
    {
        SortedSet<ulong> breaks = [1, newest.Value + 1];
        List<Memory> asked = [];
        for (int node = 0; node < memories.Length; node++)
        {
            if (!isUp(node)) continue;
            asked.Add(memories[node]);
            memories[node].AddBreaks(breaks);
        }

        (double questions, double open, ulong? from) = (0, 0, null);
        foreach (ulong to in breaks)
        {
            if (from is { } first && first >= 1 && to <= newest.Value + 1)
            {
                (int all, int unanswered) = Ask(asked, new Height(first));
                questions += (double)all * (to - first);
                open += (double)unanswered * (to - first);
            }

            from = to;
        }

        return questions > 0 ? open / questions : null;
    }

    /// <remarks>Where two answers differ nobody can tell which one holds, so none counts.</remarks>
    private (int All, int Unanswered) Ask(List<Memory> asked, Height height)
    {
        (int all, int silent) = (0, 0);
        HashSet<string> answers = [];
        foreach (Memory memory in asked)
        {
            if (height < memory.Root || height > memory.Head) continue;
            all++;
            if (memory.Answer(record, height) is { } answer) answers.Add(answer);
            else silent++;
        }

        return (all, answers.Count > 1 ? all : silent);
    }

    private void Finalized(Memory memory, Block block)
    {
        memory.Extend(block.Height, Specification.VersionOf(block.State));
        if (block.Payload is not Payload.Main payload) return;
        ServiceEvent.VersionBeacon? newest = null;
        foreach (Seal seal in payload.Seals)
        {
            foreach (ServiceEvent emitted in seal.Result.ServiceEvents)
            {
                if (emitted is ServiceEvent.VersionBeacon beacon && BeaconValidity.IsValid(beacon)) newest = beacon;
            }
        }

        if (newest is null) return;
        sealedBeacons.TryAdd(block.Height, newest);
        memory.Learn(block.Height, newest);
    }

    /// <summary>What a node has.</summary>
    private sealed class Memory
    {
        private readonly List<(Height From, ulong Version)> versions = [];
        private readonly List<(Height SealedAt, ServiceEvent.VersionBeacon Beacon)> beacons = [];

        public Height Root { get; init; } = new(1);

        public Height Head { get; private set; }

        public void Extend(Height height, ulong version)
        {
            Head = height;
            if (versions.Count == 0 || versions[^1].Version != version) versions.Add((height, version));
        }

        public void Learn(Height height, ServiceEvent.VersionBeacon beacon) => beacons.Add((height, beacon));

        public void KeepNewestBeacon()
        {
            if (beacons.Count > 1) beacons.RemoveRange(0, beacons.Count - 1);
        }

        public Memory Copy()
        {
            Memory copy = new() { Root = Root, Head = Head };
            copy.versions.AddRange(versions);
            copy.beacons.AddRange(beacons);
            return copy;
        }

        public void GoBack(Height head)
        {
            Head = head;
            versions.RemoveAll(entry => entry.From > head);
            beacons.RemoveAll(entry => entry.SealedAt > head);
        }

        public void AddBreaks(SortedSet<ulong> breaks)
        {
            breaks.Add(Root.Value);
            breaks.Add(Head.Value + 1);
            foreach ((Height from, _) in versions) breaks.Add(from.Value);
            foreach ((_, ServiceEvent.VersionBeacon beacon) in beacons)
            {
                foreach (VersionBoundary boundary in beacon.Boundaries) breaks.Add(boundary.Height.Value);
            }
        }

        public string? Answer(VersionRecord record, Height height) => record switch
        {
            VersionRecord.Beacons => OfBeacons(height),
            VersionRecord.BlockState => OfState(height),
            _ => null,
        };

        /// <remarks>A beacon tells from its first boundary on; what came before, an older one has to tell.</remarks>
        private string? OfBeacons(Height height)
        {
            for (int i = beacons.Count - 1; i >= 0; i--)
            {
                string? version = null;
                foreach (VersionBoundary boundary in beacons[i].Beacon.Boundaries)
                {
                    if (boundary.Height <= height) version = boundary.Version;
                }

                if (version is not null) return version;
            }

            return null;
        }

        private string? OfState(Height height)
        {
            string? answer = null;
            foreach ((Height from, ulong version) in versions)
            {
                if (from <= height) answer = version.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            return answer;
        }
    }
}
