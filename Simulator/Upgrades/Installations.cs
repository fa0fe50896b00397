using System.Collections.Generic;

namespace FlowSim.Upgrades;

/// <summary>Which image lies on each node's disk and which its last process ran; both survive the process.</summary>
public sealed class Installations
{
    private readonly IReadOnlyList<Image> images;
    private readonly int[] onDisk;
    private readonly int[] running;
    private readonly int[] schemas;

    /// <param name="images">The images of the run.</param>
    /// <param name="initial">The number of each node's first image; nodes beyond the list have the first.</param>
    /// <param name="nodes">How many nodes there are.</param>
    public Installations(IReadOnlyList<Image> images, IReadOnlyList<int> initial, int nodes)
    {
        this.images = images;
        onDisk = new int[nodes];
        for (int node = 0; node < initial.Count; node++) onDisk[node] = initial[node];
        running = [.. onDisk];
        schemas = new int[nodes];
    }

    /// <summary>The number of the image that a node's next process runs.</summary>
    public int OnDisk(int node) => onDisk[node];

    /// <summary>The number of the image that a node's present or last process runs.</summary>
    public int Running(int node) => running[node];

    public void Install(int node, int image) => onDisk[node] = image;

    /// <summary>Whether the image on disk can read the disk.</summary>
    public bool CanStart(int node) => images[onDisk[node]].Schema >= schemas[node];

    /// <summary>A process starts with the image on disk, and brings the database to its layout.</summary>
    public void Run(int node)
    {
        running[node] = onDisk[node];
        schemas[node] = images[onDisk[node]].Schema;
    }

    /// <summary>The image that a node's present or last process runs.</summary>
    public Image ImageOf(int node) => images[running[node]];

    /// <summary>The layout of a node's database, to be kept with a backup of it.</summary>
    public int SchemaOf(int node) => schemas[node];

    /// <summary>A backup of the database is put back, in the layout that it has.</summary>
    public void PutBack(int node, int schema) => schemas[node] = schema;
}
