using SwiftNet.Snapshots;
using SwiftNet.Tests.Network;
using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests;

/// <summary>Videos that are kept and go on later.</summary>
public sealed class VideoSegmenterSnapshotTests(ShippedModel shipped)
{
    private static readonly MemoryOptions s_options = new() { WriteAreaThreshold = 0.1 };

    private static readonly Dictionary<string, string> s_texts = new(StringComparer.Ordinal)
    {
        ["names"] = "{\"1\":\"červená\"}",
        ["camera"] = "gate",
    };

    /// <summary>Previous frame on or off, the last write done or left out.</summary>
    public static TheoryData<bool, bool> States => new MatrixTheoryData<bool, bool>([true, false], [true, false]);

    [Theory]
    [MemberData(nameof(States))]
    public void A_video_that_is_loaded_goes_on_as_if_it_had_not_been_interrupted(bool previousFrame, bool written)
    {
        using var run = Running(s_options with { PreviousFrame = previousFrame }, written);
        using var model = SwiftNetModel.Load(ShippedModel.Path, NetworkWeights.Fast);
        using var file = Saved(run);
        using var loaded = VideoSegmenter.Load(model, s_options with { PreviousFrame = previousFrame }, file, out var texts);

        Assert.Equal(s_texts, texts);
        Assert.False(loaded.WasRebuilt);
        Assert.Equal([1, 2], loaded.Objects);
        var ids = new byte[run.Ids.Length];
        for (var t = 10; t <= 20; t++)
        {
            if (t == 15)
            {
                run.Segmenter.Pause(2, false);
                loaded.Pause(2, false);
            }

            var expected = run.Step(t);
            var result = loaded.Step(Frame(run, t), ids);

            Assert.Equal(expected.Objects, result.Objects);
            Assert.Equal((expected.Frame, expected.Due, expected.Variation), (result.Frame, result.Due, result.Variation));
            Assert.Equal(run.Probabilities, loaded.State!.Probabilities.data<float>().ToArray());
            Assert.Equal(run.Ids, ids);
            Assert.Equal(run.Segmenter.Write(), loaded.Write());
        }

        // What is needed for another size is there, too.
        Assert.True(run.Segmenter.Resize(128, 80, 160, 96));
        Assert.True(loaded.Resize(128, 80, 160, 96));
        Assert.Equal(Stored(run.Segmenter), Stored(loaded));
    }

    [Fact]
    public void The_same_video_gives_the_same_bytes_and_its_texts_are_read_without_loading_it()
    {
        using var run = Running(s_options, written: true);
        using var first = Saved(run);
        using var second = Saved(run);

        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.Equal(s_texts, VideoSegmenter.ReadMetadata(first));
        Assert.Throws<ArgumentException>(
            () => run.Segmenter.Save(second, new Dictionary<string, string>(StringComparer.Ordinal) { ["swiftnet.state"] = "" }));
    }

    [Fact]
    public void A_video_without_objects_is_kept()
    {
        using var run = new Run(shipped, Clip.Two, s_options);
        run.Start();
        run.Segmenter.Remove(1);
        run.Segmenter.Remove(2);
        run.Step(1);
        using var file = Saved(run);
        using var loaded = VideoSegmenter.Load(shipped.Model, s_options, file, out _);

        loaded.Add(run.Clip.Mask(1));

        Assert.Equal([1, 2], loaded.Step(Frame(run, 2), run.Ids).Objects.Select(o => o.Id));
        Assert.InRange(run.Clip.Jaccard(run.Ids, 2, 1), 0.7, 1);
    }

    [Fact]
    public void Nothing_is_kept_before_start()
    {
        using var segmenter = new VideoSegmenter(shipped.Model, s_options);
        using var file = new MemoryStream();

        Assert.Throws<InvalidOperationException>(() => segmenter.Save(file, s_texts));
        Assert.Equal(0, file.Length);
    }

    [Theory]
    [InlineData(3, 0.1, true)]
    [InlineData(1, 0.1, true)]
    [InlineData(1.5, 0.1, true)]
    [InlineData(2, 0.25, true)]
    [InlineData(2, 0.1, false)]
    public void Other_options_take_what_there_is_room_for(double capacity, double beta, bool previousFrame)
    {
        using var run = Following(s_options);
        using var file = Saved(run);
        using var loaded = VideoSegmenter.Load(
            shipped.Model, s_options with { CapacityFrames = capacity, Beta = beta, PreviousFrame = previousFrame }, file, out _);

        for (var t = 10; t <= 13; t++)
        {
            loaded.Step(Frame(run, t), run.Ids);
            loaded.Write();
            Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
        }

        Assert.InRange(loaded.State!.Memory.Of(2).Stored, 60, loaded.MemoryCapacity);
    }

    [Fact]
    public void With_other_weights_objects_start_again_from_the_frames_they_were_given_on()
    {
        var weights = SafetensorsFile.Open(ShippedModel.Path);
        var tensors = new Dictionary<string, StoredTensor>(weights.Tensors, StringComparer.Ordinal);
        tensors["Decoder.pred2.bias"] = StoredTensor.From([0.001f, 0], 2);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            SafetensorsFile.Write(path, tensors, weights.Metadata);
            using var other = SwiftNetModel.Load(path, NetworkWeights.Fast);
            using var run = Following(s_options);
            using var file = Saved(run);
            using var loaded = VideoSegmenter.Load(other, s_options, file, out _);

            Assert.True(loaded.WasRebuilt);
            Assert.Equal([1, 2], loaded.Objects);
            for (var t = 10; t <= 14; t++)
            {
                Assert.Equal([1, 2], loaded.Step(Frame(run, t), run.Ids).Objects.Select(o => o.Id));
                loaded.Write();
                Assert.InRange(run.Clip.Jaccard(run.Ids, t, 1), 0.7, 1);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_cut_damaged_foreign_or_of_another_version_is_refused_in_one_line()
    {
        using var run = Running(s_options, written: true);
        using var file = Saved(run);
        var whole = file.ToArray();

        Refused([], "no snapshot");
        Refused(whole[..40], "no snapshot");
        Refused([.. whole[..^1]], "truncated or damaged");
        Refused([.. whole[..(whole.Length / 2)]], "truncated or damaged");
        Refused([.. whole, 0], "truncated or damaged");
        Refused(File.ReadAllBytes(ShippedModel.Path), "no snapshot");
        var random = new Random(9);
        for (var i = 0; i < 40; i++)
        {
            var at = random.Next(12, whole.Length);
            Refused(Changed(whole, at, (byte)(whole[at] ^ (1 << random.Next(8)))), "truncated or damaged");
        }

        Refused(Changed(whole, 0, (byte)'s'), "no snapshot");
        Refused(Changed(whole, 8, 2), "version 2; here version 1 is read");

        void Refused(byte[] bytes, string why)
        {
            var error = Assert.Throws<SnapshotException>(
                () => VideoSegmenter.Load(shipped.Model, s_options, new MemoryStream(bytes), out _));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            Assert.Throws<SnapshotException>(() => VideoSegmenter.ReadMetadata(new MemoryStream(bytes)));
        }
    }

    [Fact]
    public void A_file_from_before_the_previous_frames_background_was_kept_is_read()
    {
        using var run = Running(s_options, written: true);
        using var file = Saved(run);
        var (tensors, texts) = Content(file);
        var older = tensors.Where(t => !t.Key.EndsWith(".ground", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        var state = texts[SnapshotNames.State];
        var words = new Dictionary<string, string>(texts, StringComparer.Ordinal) { [SnapshotNames.State] = state.Replace("\"Ground\":true,", "", StringComparison.Ordinal).Replace("\"Ground\":false,", "", StringComparison.Ordinal) };
        using var made = new MemoryStream();
        SnapshotFile.Write(made, older, words);
        made.Position = 0;

        using var loaded = VideoSegmenter.Load(shipped.Model, s_options, made, out _);

        Assert.True(older.Count < tensors.Count);
        Assert.Equal(run.Segmenter.State!.Frame, loaded.State!.Frame);
    }

    [Fact]
    public void A_whole_file_that_claims_what_it_does_not_hold_is_refused_and_leaves_nothing_behind()
    {
        using var run = Running(s_options, written: true);
        using var file = Saved(run);
        var (tensors, texts) = Content(file);
        var state = texts[SnapshotNames.State];
        (string From, string To)[] lies =
        [
            ("\"NetworkWidth\":160", "\"NetworkWidth\":161"), ("\"NetworkWidth\":160", "\"NetworkWidth\":2000000000"),
            ("\"NetworkHeight\":96", "\"NetworkHeight\":0"),
            ("\"Width\":160,\"Height\"", "\"Width\":-1,\"Height\""), ("\"Slots\":10", "\"Slots\":100000000"),
            ("\"UpdatePixels\":6", "\"UpdatePixels\":7"),
            ("\"Masks\":[1]", "\"Masks\":[2]"), ("\"Masks\":[1]", "\"Masks\":[1,1]"), ("\"Id\":2", "\"Id\":1"), ("\"Id\":2", "\"Id\":300"),
            ("\"Trusted\":2", "\"Trusted\":1"), ("\"Trusted\":1", "\"Trusted\":100"), ("\"Updates\":", "\"Updates\":-"),
            ("\"Frame\":", "\"Fame\":"), (state, "null"), (state, "{"), (state, "[1]"),
        ];

        GC.Collect();
        GC.WaitForPendingFinalizers();
        var live = torch.Tensor.TotalCount;
        foreach (var (from, to) in lies)
        {
            Assert.Contains(from, state, StringComparison.Ordinal);
            Refused(tensors, new Dictionary<string, string>(texts, StringComparer.Ordinal) { [SnapshotNames.State] = state.Replace(from, to, StringComparison.Ordinal) });
        }

        foreach (var (name, tensor) in tensors)
        {
            var others = tensors.Where(t => t.Key != name).ToDictionary(StringComparer.Ordinal);
            Refused(others, texts);
            others.Add(name, StoredTensor.From([1f, 2], 2));
            Refused(others, texts);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(live, torch.Tensor.TotalCount);

        void Refused(Dictionary<string, StoredTensor> changed, Dictionary<string, string> words)
        {
            using var made = new MemoryStream();
            SnapshotFile.Write(made, changed, words);
            made.Position = 0;
            var error = Assert.Throws<SnapshotException>(() => VideoSegmenter.Load(shipped.Model, s_options, made, out _));
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    /// <summary>After nine frames: object 1 with a reference, object 2 added later and paused.</summary>
    private Run Running(MemoryOptions options, bool written)
    {
        var run = new Run(shipped, Clip.Two, options);
        run.Start(run.Clip.Mask(0, 1, 1));
        for (var t = 1; t <= 9; t++)
        {
            run.Step(t);
            if (t == 3)
            {
                run.Segmenter.Add(run.Clip.Mask(3));
            }

            if (t < 9 || written)
            {
                run.Segmenter.Write();
            }

            if (t == 5)
            {
                run.Segmenter.Reference(Frame(run, 4), run.Clip.Mask(4, 1, 1));
            }

            if (t == 7)
            {
                run.Segmenter.Pause(2, true);
            }
        }

        return run;
    }

    /// <summary>After nine frames with two objects: the shipped weights lose the small clip's lone square.</summary>
    private Run Following(MemoryOptions options)
    {
        var run = new Run(shipped, Clip.Two, options);
        run.Start();
        for (var t = 1; t <= 9; t++)
        {
            run.Step(t);
            run.Segmenter.Write();
        }

        return run;
    }

    private static MemoryStream Saved(Run run)
    {
        var file = new MemoryStream();
        run.Segmenter.Save(file, s_texts);
        file.Position = 0;
        return file;
    }

    private static (Dictionary<string, StoredTensor> Tensors, Dictionary<string, string> Texts) Content(MemoryStream file)
    {
        var read = SnapshotFile.Read(file);
        return (new(read.Tensors, StringComparer.Ordinal), new(read.Metadata, StringComparer.Ordinal));
    }

    private static byte[] Changed(byte[] whole, int at, byte to)
    {
        var bytes = (byte[])whole.Clone();
        bytes[at] = to;
        return bytes;
    }

    private static NetworkFrame Frame(Run run, int t) => new(run.Clip.Planes(t), run.Clip.Width, run.Clip.Height);

    private static byte[] Stored(VideoSegmenter segmenter) =>
        [.. segmenter.State!.Memory.Objects.SelectMany(memory => (byte[])[.. memory.MatchedKeys.bytes, .. memory.MatchedValues.bytes])];
}
