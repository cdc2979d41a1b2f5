namespace SwiftNet.Training.Clips;

/// <summary>
/// Draws the shape of each step's batch: crop size, clip length, number of objects and, from their cost, the number of clips. Everything
/// follows from seed and step alone, so a run resumes bit-exactly from any step, whatever was prefetched.
/// </summary>
internal sealed class BatchPlan(TrainingOptions options)
{
    // Relative multiply-adds of a frame and of an object in it (10⁹ at 864x480).
    private const double FrameCost = 16, ObjectCost = 12;
    private const double Unit = 256 * 256 * 3 * (FrameCost + ObjectCost);
    private const int LeastLong = 6, MostLong = 10;
    private static readonly (int Width, int Height, double Weight)[] s_sizes =
        [(256, 256, 0.25), (320, 320, 0.2), (384, 384, 0.15), (384, 256, 0.15), (448, 256, 0.15), (576, 320, 0.1)];
    private static readonly double[] s_objects = [0.40, 0.22, 0.14, 0.10, 0.08, 0.06];
    private static readonly (int Frames, double Weight)[] s_lengths = [(3, 0.4), (4, 0.28), (5, 0.14), (6, 0.09), (8, 0.09)];

    /// <summary>A random generator for a step; each purpose has its own.</summary>
    public static Random RandomOf(int seed, int step, int purpose) => new(HashCode(seed, step, purpose));

    /// <summary>Draws the empty batch of a step.</summary>
    public Batch Draw(int step)
    {
        var random = RandomOf(options.Seed, step, 0);
        var (width, height) = options.Crop is { } side ? (side, side) : Size(random);
        var progress = (double)step / options.Iterations;
        var single = random.NextDouble() < (options.SingleUntil > 0
            ? options.SingleShare * Math.Max(0, 1 - (progress / options.SingleUntil))
            : options.SingleShare);
        var frames = options.Frames ?? (single ? 1 : Length(progress, random));
        var objects = options.Objects ?? 1 + Draw(random, s_objects.Length, i => s_objects[i]);
        var cost = (double)width * height * frames * (FrameCost + (objects * ObjectCost));
        var clips = options.Crop is null
            ? Math.Clamp((int)Math.Round(options.BatchSize * Unit / cost), 1, 2 * options.BatchSize)
            : options.BatchSize;
        var previous = random.NextDouble() >= options.PreviousFrameDropped;
        var due = new bool[frames];
        for (var i = 1; i < frames; i++)
        {
            due[i] = random.NextDouble() < options.WriteShare;
        }

        var beta = random.NextDouble() < 0.5 ? options.Beta : options.Beta * Math.Pow(2, (2 * random.NextDouble()) - 1);
        var (prompts, copy) = (random.NextDouble() < options.PromptShare, random.NextDouble() < options.CopyShare);
        return new Batch(
            step, new BatchShape(width, height, frames, objects, clips), new MemoryUse(previous, due, beta, prompts, copy || frames == 1));
    }

    /// <summary>Draws an index by weight.</summary>
    public static int Draw(Random random, int count, Func<int, double> weight)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += weight(i);
        }

        var at = random.NextDouble() * sum;
        for (var i = 0; i < count - 1; i++)
        {
            at -= weight(i);
            if (at < 0)
            {
                return i;
            }
        }

        return count - 1;
    }

    private int Length(double progress, Random random)
    {
        var usual = s_lengths[Draw(random, s_lengths.Length, i => s_lengths[i].Weight)].Frames;
        return options.LongShare > 0 && random.NextDouble() < options.LongShare * progress ? random.Next(LeastLong, MostLong + 1) : usual;
    }

    private static (int Width, int Height) Size(Random random)
    {
        var size = s_sizes[Draw(random, s_sizes.Length, i => s_sizes[i].Weight)];
        return random.Next(4) == 0 ? (size.Height, size.Width) : (size.Width, size.Height);
    }

    // System.HashCode differs between processes.
    private static int HashCode(int seed, int step, int purpose)
    {
        var x = unchecked(
            ((ulong)(uint)seed << 32) ^ ((ulong)(uint)step * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)purpose * 0xD1B54A32D192ED03));
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return (int)((x ^ (x >> 31)) & 0x7FFFFFFF);
    }
}
