using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Tests.Clips;

public sealed class MemoryMaskCorruptionTests
{
    private const int Width = 240, Height = 160, Patch = 20;

    [Fact]
    public void Whole_neighbours_are_taken_in_or_whole_parts_left_out()
    {
        var (taken, lost) = (0, 0);
        for (var seed = 0; seed < 40; seed++)
        {
            var batch = Patches();
            new MemoryMaskCorruption(1).Fill(batch, 0, new Random(seed));

            Assert.All(new[] { 0, 2 }, frame => Assert.Equal(-1, batch.CorruptedMask(frame, 0).IndexOfAnyExcept(Batch.Uncorrupted)));
            var (ids, wrong) = (batch.Mask(1, 0).ToArray(), batch.CorruptedMask(1, 0).ToArray());
            for (var patch = 0; patch < Width / Patch * (Height / Patch); patch++)
            {
                var pixels = Inside(patch);
                var told = Assert.Single(pixels.Select(i => wrong[i]).Distinct());
                Assert.True(told == Batch.Uncorrupted || told != ids[pixels[0]], "a corrupted id is not the true id");
                taken += told == 1 ? 1 : 0;
                lost += told == 0 ? 1 : 0;
            }
        }

        Assert.InRange(taken, 20, 400);
        Assert.InRange(lost, 10, 200);
    }

    [Fact]
    public void The_same_chance_makes_the_same_mistakes_and_none_are_made_unless_asked_for()
    {
        var (one, same, none) = (Patches(), Patches(), Patches());
        new MemoryMaskCorruption(1).Fill(one, 0, new Random(3));
        new MemoryMaskCorruption(1).Fill(same, 0, new Random(3));
        new MemoryMaskCorruption(0).Fill(none, 0, new Random(3));

        Assert.Contains(one.CorruptedIds!, told => told != Batch.Uncorrupted);
        Assert.Equal(one.CorruptedIds, same.CorruptedIds);
        Assert.Null(none.CorruptedIds);
    }

    /// <summary>A patch's pixels, its rim left out.</summary>
    private static int[] Inside(int patch)
    {
        var (left, top) = (patch % (Width / Patch) * Patch, patch / (Width / Patch) * Patch);
        return [.. from y in Enumerable.Range(top + 4, Patch - 8) from x in Enumerable.Range(left + 4, Patch - 8) select (y * Width) + x];
    }

    /// <summary>Three frames of patches of many colours, twelve of which are an object.</summary>
    private static Batch Patches()
    {
        var batch = new Batch(0, new BatchShape(Width, Height, 3, 1, 1), new MemoryUse(true, [false, true, false], 0.1));
        for (var frame = 0; frame < 3; frame++)
        {
            var random = new Random(1);
            for (var at = 0; at < Width * Height / (Patch * Patch); at++)
            {
                var colour = new byte[3];
                random.NextBytes(colour);
                var (column, row) = (at % (Width / Patch), at / (Width / Patch));
                for (var y = row * Patch; y < (row + 1) * Patch; y++)
                {
                    for (var x = column * Patch; x < (column + 1) * Patch; x++)
                    {
                        colour.CopyTo(batch.Picture(frame, 0)[(3 * ((y * Width) + x))..]);
                        batch.Mask(frame, 0)[(y * Width) + x] = (byte)(column is >= 4 and < 8 && row is >= 2 and < 5 ? 1 : 0);
                    }
                }
            }
        }

        return batch;
    }
}
