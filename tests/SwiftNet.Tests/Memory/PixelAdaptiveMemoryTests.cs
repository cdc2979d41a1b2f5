using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SwiftNet.Memory;
using SwiftNet.Network;
using SwiftNet.Tests.Network;
using TorchSharp;

namespace SwiftNet.Tests.Memory;

/// <summary>Update: which pixels are written, when, and over what.</summary>
public sealed class PixelAdaptiveMemoryTests
{
    private const int Cells = 20;

    // 20 − ⌊20 · 0.75⌋ = 5 pixels an update.
    private static readonly MemoryOptions s_options = new() { Beta = 0.25, CapacityFrames = 2 };

    [Theory]
    [InlineData(1620, 0.1, 162)]
    [InlineData(880, 0.1, 88)]
    [InlineData(144, 0.1, 15)] // 129.6 are kept out as 129
    [InlineData(6, 0.1, 1)]
    [InlineData(20, 0.0001, 1)]
    [InlineData(20, 1, 20)]
    [InlineData(7, 0.5, 4)]
    public void An_update_writes_all_but_the_whole_number_of_pixels_kept_out(int cells, double beta, int pixels)
    {
        using var memory = new PixelAdaptiveMemory(new MemoryOptions { Beta = beta }, cells, NetworkWeights.Fast);

        Assert.Equal(pixels, memory.UpdatePixels);
    }

    [Fact]
    public void A_full_update_writes_every_pixel()
    {
        using var scope = torch.NewDisposeScope();
        using var memory = Memory(s_options with { Update = UpdateKind.Full, PreviousFrame = false }, Pixels.Random(Cells, 1));
        var frame = Pixels.Random(Cells, 2);

        var chosen = memory.Update(Pixels.Frame(frame), due: true)!;

        Assert.Equal(Enumerable.Range(0, Cells).Select(i => (long)i), chosen.data<long>().ToArray());
        Assert.Equal(frame.Keys, Pixels.Rows(memory.Objects[0].StoredKeys)[Cells..]);
    }

    [Fact]
    public void The_pixels_least_similar_to_memory_are_chosen_in_raster_order()
    {
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Random(Cells, 1);
        using var memory = Memory(s_options, first);
        var stored = new List<float[]>(first.Keys);
        float[][] pending = [];
        for (var seed = 2; seed < 5; seed++)
        {
            var frame = Pixels.Random(Cells, seed);

            var chosen = memory.Update(Pixels.Frame(frame), due: true)!.data<long>().ToArray();

            // What was due a frame ago is in memory now, and looked at.
            stored.AddRange(pending);
            Assert.Equal(PlainMemory.Choose([.. stored], frame.Keys, 5), chosen);
            pending = [.. chosen.Select(i => frame.Keys[i])];
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(1300)]
    public void Few_pixels_and_many_are_chosen_alike(int cells)
    {
        using var scope = torch.NewDisposeScope();
        using var memory = new PixelAdaptiveMemory(s_options, cells, NetworkWeights.Fast);
        var (first, frame) = (Pixels.Random(cells, 1), Pixels.Random(cells, 2));
        memory.Add(1, Pixels.Tensor(first.Keys), Pixels.Tensor(first.Values));

        var chosen = memory.Update(Pixels.Frame(frame), due: true)!.data<long>().ToArray();

        Assert.Equal(PlainMemory.Choose(first.Keys, frame.Keys, memory.UpdatePixels), chosen);
    }

    [Fact]
    public void Similarity_is_of_direction_and_of_equally_similar_pixels_the_earlier_is_kept_out()
    {
        // Memory looks along the first axis; a pixel's cosine to it is given, its length varied by powers of two.
        var cosines = Enumerable.Repeat(1f, Cells).ToArray();
        (cosines[3], cosines[18]) = (0.2f, 0.1f);
        (cosines[5], cosines[9], cosines[12], cosines[16]) = (0.5f, 0.5f, 0.5f, 0.5f);
        using var scope = torch.NewDisposeScope();
        using var memory = Memory(s_options, Pixels.Of(Cells, (_, c) => c == 0 ? 1 : 0, (_, _) => 0));
        var frame = Pixels.Of(
            Cells,
            (i, c) => c switch { 0 => cosines[i], 1 => MathF.Sqrt(1 - (cosines[i] * cosines[i])), _ => 0 } * (1 << (i % 4)),
            (_, _) => 0);

        var chosen = memory.Update(Pixels.Frame(frame), due: true)!;

        Assert.Equal([3, 9, 12, 16, 18], chosen.data<long>().ToArray());
    }

    [Fact]
    public void Where_all_pixels_are_alike_the_last_ones_are_written()
    {
        using var scope = torch.NewDisposeScope();
        var same = Pixels.Of(Cells, (_, _) => 1, (_, _) => 1);
        using var memory = Memory(s_options, same);

        Assert.Equal([15, 16, 17, 18, 19], memory.Update(Pixels.Frame(same), due: true)!.data<long>().ToArray());
    }

    [Fact]
    public void Keys_of_nothing_but_zeros_are_similar_to_nothing_and_no_NaN()
    {
        using var scope = torch.NewDisposeScope();
        using var memory = Memory(s_options, Pixels.Of(Cells, (i, _) => i == 0 ? 0 : 1, (_, _) => 1));
        var frame = Pixels.Of(Cells, (i, _) => i is 2 or 4 ? 0 : 1, (_, _) => 1);

        Assert.Equal([2, 4, 17, 18, 19], memory.Update(Pixels.Frame(frame), due: true)!.data<long>().ToArray());
    }

    [Fact]
    public void With_the_previous_frame_on_a_due_frame_is_appended_one_call_later()
    {
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Random(Cells, 1);
        using var memory = Memory(s_options, first);
        var stored = memory.Objects[0];
        Pixels[] frames = [Pixels.Random(Cells, 2), Pixels.Random(Cells, 3), Pixels.Random(Cells, 4)];
        Assert.Equal((Cells, Cells), (stored.Stored, stored.Matched));

        var chosen = memory.Update(Pixels.Frame(frames[0]), due: true)!.data<long>().ToArray();
        Assert.Equal((Cells, 2 * Cells), (stored.Stored, stored.Matched));
        Assert.Equal(frames[0].Keys, Pixels.Rows(stored.Previous.Keys));

        Assert.Null(memory.Update(Pixels.Frame(frames[1]), due: false));
        Assert.Equal((Cells + 5, (2 * Cells) + 5), (stored.Stored, stored.Matched));
        Assert.Equal([.. first.Keys, .. chosen.Select(i => frames[0].Keys[i])], Pixels.Rows(stored.StoredKeys));
        Assert.Equal([.. first.Values, .. chosen.Select(i => frames[0].Values[i])], Pixels.Rows(stored.StoredValues));
        Assert.Equal(frames[1].Values, Pixels.Rows(stored.Previous.Values));

        memory.Update(Pixels.Frame(frames[2]), due: false);
        Assert.Equal(Cells + 5, stored.Stored);
    }

    [Fact]
    public void With_the_previous_frame_off_a_due_frame_is_appended_at_once()
    {
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Random(Cells, 1);
        using var memory = Memory(s_options with { PreviousFrame = false }, first);
        var stored = memory.Objects[0];
        var frame = Pixels.Random(Cells, 2);

        var chosen = memory.Update(Pixels.Frame(frame), due: true)!.data<long>().ToArray();

        Assert.Equal((Cells + 5, Cells + 5), (stored.Stored, stored.Matched));
        Assert.Equal([.. first.Keys, .. chosen.Select(i => frame.Keys[i])], Pixels.Rows(stored.StoredKeys));
    }

    [Fact]
    public void A_frame_is_taken_in_for_the_objects_that_are_named()
    {
        using var scope = torch.NewDisposeScope();
        Pixels[] first = [Pixels.Random(Cells, 1), Pixels.Random(Cells, 2)];
        using var memory = Memory(s_options, first);

        memory.Update(Pixels.Frame(first[0]), due: true, [1]);
        memory.Update(Pixels.Frame(first), due: false);

        Assert.Equal(Cells + 5, memory.Objects[0].Stored);
        Assert.Equal(Cells, memory.Objects[1].Stored);
        Assert.Equal(first[1].Keys, Pixels.Rows(memory.Objects[1].StoredKeys));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_oldest_update_gives_way_and_the_first_frame_never(bool previousFrame)
    {
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Of(Cells, (i, c) => i == c ? 1 : 0, (_, _) => -1);
        using var memory = Memory(s_options with { PreviousFrame = previousFrame }, first);
        var block = memory.Objects[0].StoredKeys;
        for (var written = 1; written <= 11; written++)
        {
            // A frame's values are its number, so that its pixels can be distinguished.
            using var step = torch.NewDisposeScope();
            var number = written;
            memory.Update(
                Pixels.Frame(Pixels.Random(Cells, written) with { Values = Pixels.Of(Cells, (_, _) => 0, (_, _) => number).Values }),
                due: true);

            // One frame's worth of updates: four of five pixels.
            var stored = memory.Objects[0];
            var held = Enumerable.Range(1, previousFrame ? written - 1 : written).TakeLast(4).ToArray();
            Assert.Equal(Cells + (5 * held.Length), stored.Stored);
            Assert.Equal(first.Keys, Pixels.Rows(stored.StoredKeys)[..Cells]);
            Assert.Equal(first.Values, Pixels.Rows(stored.StoredValues)[..Cells]);
            Assert.Equal(
                held.SelectMany(n => Enumerable.Repeat((float)n, 5)),
                Pixels.Rows(stored.StoredValues)[Cells..].Select(row => row[0]).Order());
            Assert.True(
                Unsafe.AreSame(ref MemoryMarshal.GetReference(block.bytes), ref MemoryMarshal.GetReference(stored.StoredKeys.bytes)),
                "The memory is no longer the block made once.");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.2)]
    [InlineData(1.9)]
    [InlineData(2.5)]
    [InlineData(4)]
    public void Capacity_is_filled_and_never_exceeded(double frames)
    {
        using var scope = torch.NewDisposeScope();
        using var memory = Memory(s_options with { CapacityFrames = frames, Beta = 0.3, PreviousFrame = false }, Pixels.Random(Cells, 1));
        for (var seed = 2; seed < 20; seed++)
        {
            memory.Update(Pixels.Frame(Pixels.Random(Cells, seed)), due: true);
        }

        var most = (int)(frames * Cells);
        Assert.InRange(memory.Objects[0].Stored, Cells, most);
        Assert.True(memory.Objects[0].Stored + memory.UpdatePixels > most, "One more update would have fitted.");
    }

    [Fact]
    public void Adding_an_object_leaves_the_others_pixels_bit_for_bit()
    {
        using var scope = torch.NewDisposeScope();
        using var memory = Memory(s_options, Pixels.Random(Cells, 1), Pixels.Random(Cells, 2));
        for (var seed = 3; seed < 10; seed++)
        {
            memory.Update(Pixels.Frame(Pixels.Random(Cells, seed), Pixels.Random(Cells, -seed)), due: true);
        }

        var (one, two) = (memory.Objects[0], memory.Objects[1]);
        var before = new[] { Bytes(one), Bytes(two) };
        var added = Pixels.Random(Cells, 30);

        memory.Add(129, Pixels.Tensor(added.Keys), Pixels.Tensor(added.Values));

        Assert.Equal([1, 2, 129], memory.Objects.Select(o => o.Id));
        Assert.Equal(before[0], Bytes(one));
        Assert.Equal(before[1], Bytes(two));
        Assert.Equal((Cells, Cells), (memory.Objects[2].Stored, memory.Objects[2].Matched));
        Assert.Equal(added.Keys, Pixels.Rows(memory.Objects[2].MatchedKeys));
    }

    [Fact]
    public void Objects_are_held_in_order_of_id()
    {
        using var scope = torch.NewDisposeScope();
        using var memory = new PixelAdaptiveMemory(s_options, Cells, NetworkWeights.Fast);
        foreach (var id in new byte[] { 5, 255, 2, 9 })
        {
            memory.Add(id, torch.full([Cells, KeyValueHead.KeyChannels], id), torch.zeros(Cells, KeyValueHead.ValueChannels));
        }

        Assert.Equal([2, 5, 9, 255], memory.Objects.Select(o => o.Id));
        Assert.All(memory.Objects, o => Assert.Equal(o.Id, o.StoredKeys[0, 0].item<float>()));
    }

    [Theory]
    [InlineData(1.5, 2)]
    [InlineData(2, 4)]
    [InlineData(4, 6)]
    [InlineData(1, 0)]
    public void With_another_capacity_the_newest_updates_are_kept_and_the_oldest_goes_first(double capacity, int kept)
    {
        using var scope = torch.NewDisposeScope();
        var first = Pixels.Random(Cells, 1);
        using var memory = Memory(s_options with { CapacityFrames = 2.5, PreviousFrame = false }, first);
        Write(memory, 1, 8);

        // 2.5 frames hold six updates: 3 to 8.
        using var resized = memory.Resized(s_options with { CapacityFrames = capacity, PreviousFrame = false });

        Assert.Equal(Enumerable.Range(3, 6).TakeLast(kept), Numbers(resized));
        Assert.Equal(first.Keys, Pixels.Rows(resized.Objects[0].StoredKeys)[..Cells]);
        Write(resized, 9, 9);
        Assert.Equal(
            capacity == 1 ? [] : Enumerable.Range(3, 7).TakeLast(Math.Max(kept, Math.Min(kept + 1, (int)((capacity - 1) * 4)))),
            Numbers(resized));

        static IEnumerable<int> Numbers(PixelAdaptiveMemory memory) =>
            Pixels.Rows(memory.Objects[0].StoredValues)[Cells..].Select(row => (int)row[0]).Order().Where((_, i) => i % 5 == 0);

        static void Write(PixelAdaptiveMemory memory, int from, int to)
        {
            for (var written = from; written <= to; written++)
            {
                var number = written;
                memory.Update(
                    Pixels.Frame(Pixels.Random(Cells, written) with { Values = Pixels.Of(Cells, (_, _) => 0, (_, _) => number).Values }),
                    due: true);
            }
        }
    }

    [Fact]
    public void With_another_capacity_the_previous_frame_and_what_is_due_of_it_are_kept()
    {
        using var scope = torch.NewDisposeScope();
        var frame = Pixels.Random(Cells, 2);
        using var memory = Memory(s_options, Pixels.Random(Cells, 1));
        var chosen = memory.Update(Pixels.Frame(frame), due: true)!.data<long>().ToArray();

        using var resized = memory.Resized(s_options with { CapacityFrames = 1.5 });

        Assert.Equal(frame.Keys, Pixels.Rows(resized.Objects[0].Previous.Keys));
        resized.Update(Pixels.Frame(Pixels.Random(Cells, 3)), due: false);
        Assert.Equal(chosen.Select(i => frame.Keys[i]), Pixels.Rows(resized.Objects[0].StoredKeys)[Cells..]);
    }

    private static PixelAdaptiveMemory Memory(MemoryOptions options, params Pixels[] objects)
    {
        var memory = new PixelAdaptiveMemory(options, Cells, NetworkWeights.Fast);
        for (var i = 0; i < objects.Length; i++)
        {
            memory.Add((byte)(i + 1), Pixels.Tensor(objects[i].Keys), Pixels.Tensor(objects[i].Values));
        }

        return memory;
    }

    private static byte[] Bytes(ObjectMemory memory) =>
        [.. memory.MatchedKeys.bytes, .. memory.MatchedValues.bytes, .. memory.Pending!.bytes];
}
