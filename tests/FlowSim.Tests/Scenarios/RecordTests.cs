using System;
using System.Collections.Generic;
using System.IO;
using CsCheck;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Records;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Records survive what happens to files.</summary>
public sealed class RecordTests
{
    private const string Id = "ab12";
    private static readonly byte[] Bytes = RecordText.Write(Record());

    private readonly List<string> damaged = [];
    private string folder = "";

    [SetUp]
    public void Create()
    {
        folder = Directory.CreateTempSubdirectory("flowsim-records-").FullName;
        damaged.Clear();
    }

    [TearDown]
    public void Delete()
    {
        Assert.That(Directory.EnumerateFiles(folder, "*.tmp.*", SearchOption.AllDirectories), Is.Empty);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Written_read_and_written_again_are_equal_bytes()
    {
        RunRecord read = RecordText.Read(Bytes);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RecordText.Write(read), Is.EqualTo(Bytes));
            Assert.That(read.Identity, Is.EqualTo(Record().Identity));
            Assert.That(read.HighestView, Is.EqualTo(2));
            Assert.That(read.Measurement.Key, Is.EqualTo(new RunKey("scenario", "set", ulong.MaxValue)));
            Assert.That(read.Measurement["mean-view-time"], Is.EqualTo(0.1 + 0.2));
            Assert.That(read.Measurement.Views.Rows, Is.EqualTo(Record().Measurement.Views.Rows));
            Assert.That(read.Measurement.Finality.Shortest, Is.EqualTo(new SimDuration(1_500_001)));
            Assert.That(read.Checkpoints, Is.EqualTo(Record().Checkpoints));
        }
    }

    [Test]
    public void Starts_of_processes_round_trip()
    {
        RunRecord with = Record() with { Measurement = Divergence.ChanceTests.Run("a", 1, true) with { Digest = "d" } };
        RunRecord read = RecordText.Read(RecordText.Write(with));
        Assert.That(read.Measurement.Starts, Is.EqualTo(with.Measurement.Starts));
        Assert.That(RecordText.Write(read), Is.EqualTo(RecordText.Write(with)));
    }

    [Test]
    public void What_is_not_a_number_is_null()
    {
        string text = System.Text.Encoding.UTF8.GetString(Bytes);
        Assert.That(text, Does.Contain("\"error_s\":[null,-0.125]"));
        Assert.That(text, Does.Not.Contain("NaN"));
    }

    [Test]
    public void An_empty_record_round_trips()
    {
        RunRecord empty = Record() with
        {
            Checkpoints = [],
            Measurement = new Measurement(Record().Measurement.Key, [], new DurationHistogram(), new ViewSeries(1, []))
            {
                Digest = "d",
            },
        };
        byte[] bytes = RecordText.Write(empty);
        Assert.That(RecordText.Write(RecordText.Read(bytes)), Is.EqualTo(bytes));
    }

    [Test]
    public void Every_flipped_bit_is_noticed() =>
        Gen.Select(Gen.Int[0, Bytes.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
            IsRefused([.. Bytes[..at], (byte)(Bytes[at] ^ (1 << bit)), .. Bytes[(at + 1)..]]));

    [Test]
    public void Every_truncation_is_noticed() =>
        Gen.Int[0, Bytes.Length - 1].Sample(length => IsRefused(Bytes[..length]));

    [Test]
    public void Every_deletion_and_insertion_is_noticed() =>
        Gen.Select(Gen.Int[0, Bytes.Length - 1], Gen.Byte).Sample((at, extra) =>
            IsRefused([.. Bytes[..at], .. Bytes[(at + 1)..]])
            && IsRefused([.. Bytes[..at], extra, .. Bytes[at..]]));

    [Test]
    public void A_tail_is_noticed() => Assert.That(IsRefused([.. Bytes, (byte)'\n']), Is.True);

    [Test]
    public void A_damaged_record_is_set_aside_and_can_be_made_again()
    {
        RecordStore store = new(folder, damaged.Add);
        for (int i = 1; i <= 2; i++)
        {
            store.Publish(Record());
            File.WriteAllBytes(store.PathOf(Id), Bytes[..^10]);
            Assert.That(store.Find(Id), Is.Null);
            Assert.That(File.ReadAllBytes($"{store.PathOf(Id)}.corrupt.{i}"), Is.EqualTo(Bytes[..^10]));
            Assert.That(damaged, Has.Count.EqualTo(i));
        }

        Assert.That(damaged[1], Is.EqualTo($"{store.PathOf(Id)}: this record is damaged; it is kept as "
            + "ab12.json.corrupt.2 and its run made again"));
        store.Publish(Record());
        Assert.That(File.ReadAllBytes(store.PathOf(Id)), Is.EqualTo(Bytes));
    }

    [Test]
    public void A_damaged_record_is_no_contradiction_to_a_new_one()
    {
        RecordStore store = new(folder, damaged.Add);
        store.Publish(Record());
        File.WriteAllBytes(store.PathOf(Id), Bytes[..100]);
        store.Publish(Record());
        Assert.That(File.ReadAllBytes(store.PathOf(Id)), Is.EqualTo(Bytes));
        Assert.That(damaged, Has.Count.EqualTo(1));
    }

    [Test]
    public void Another_runs_record_under_the_name_is_damage()
    {
        RecordStore store = new(folder, damaged.Add);
        store.Publish(Record());
        string other = store.PathOf("ab13");
        File.Move(store.PathOf(Id), other);
        Assert.That(store.Find("ab13"), Is.Null);
        Assert.That(damaged, Has.Count.EqualTo(1));
    }

    [Test]
    public void Equal_bytes_may_be_published_again()
    {
        RecordStore store = new(folder, damaged.Add);
        store.Publish(Record());
        Assert.That(() => store.Publish(Record()), Throws.Nothing);
        Assert.That(RecordText.Write(store.Find(Id)!), Is.EqualTo(Bytes));
        Assert.That(damaged, Is.Empty);
    }

    [Test]
    public void Other_bytes_under_the_same_id_are_a_violation()
    {
        RecordStore store = new(folder, damaged.Add);
        store.Publish(Record());
        Assert.That(() => store.Publish(Record() with { Digest = "other" }),
            Throws.InstanceOf<InvariantViolation>().With.Message.EqualTo(
                $"the same run gave two results: {store.PathOf(Id)} differs from what was just simulated"));
        Assert.That(File.ReadAllBytes(store.PathOf(Id)), Is.EqualTo(Bytes));
    }

    [Test]
    public void Many_threads_may_publish_and_damage_the_same_run()
    {
        RecordStore store = new(folder, _ => { });
        System.Threading.Tasks.Parallel.For(0, 64, i =>
        {
            if (i % 8 == 5 && File.Exists(store.PathOf(Id))) store.Find(Id);
            else store.Publish(Record());
        });
        Assert.That(File.ReadAllBytes(store.PathOf(Id)), Is.EqualTo(Bytes));
    }

    [Test]
    public void A_folder_in_the_place_of_the_record_fails_as_a_disk_does()
    {
        RecordStore store = new(folder, damaged.Add);
        Directory.CreateDirectory(store.PathOf(Id));
        Assert.That(() => store.Publish(Record()),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
    }

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            RecordText.Read(bytes);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static RunRecord Record()
    {
        DurationHistogram finality = new();
        finality.Add(new SimDuration(1_500_001));
        finality.Add(SimDuration.FromSeconds(300));
        ViewRow[] rows =
        [
            new(1, -1, double.NaN, 0.5, double.NaN, double.NaN, 0.8, double.NaN, double.NaN, false),
            new(2, 3, 1e-9, 1.3, 0.8, -0.125, 0.1 + 0.2, 0.5, 1.75, true),
        ];
        var measurement = new Measurement(new RunKey("scenario", "set", ulong.MaxValue),
            [new MetricValue("mean-view-time", 0.1 + 0.2), new MetricValue("epoch-end-error", -1e-300)],
            finality, new ViewSeries(4, rows))
        {
            Digest = "00ff",
        };
        return new RunRecord(new RunIdentity("aa", "bb", Id), "1.2.3", "cafe", "00ff",
            [new Checkpoint(new View(1000), "01"), new Checkpoint(new View(2000), "02")], 1_234_567_890_123, 2, 99,
            100, measurement);
    }
}
