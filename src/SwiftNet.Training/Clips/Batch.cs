namespace SwiftNet.Training.Clips;

/// <summary>How large a batch is.</summary>
/// <param name="Width">Columns of a crop, a multiple of 16.</param>
/// <param name="Height">Rows of a crop, a multiple of 16.</param>
/// <param name="Frames">Frames a clip.</param>
/// <param name="Objects">Objects a clip.</param>
/// <param name="Clips">Clips.</param>
internal readonly record struct BatchShape(int Width, int Height, int Frames, int Objects, int Clips);

/// <summary>How memory is used in a batch.</summary>
/// <param name="PreviousFrame">Whether the previous frame is matched whole.</param>
/// <param name="Due">For each frame, whether it is written.</param>
/// <param name="Beta">The share of a frame's pixels that an update adds.</param>
/// <param name="Prompts">Whether the first frame's objects are looked for too, from prompts.</param>
/// <param name="Copy">Whether the first frame's masks are to be given back on that frame.</param>
internal sealed record MemoryUse(bool PreviousFrame, bool[] Due, double Beta, bool Prompts = false, bool Copy = false);

/// <summary>Clips on their way to the network.</summary>
/// <param name="step">The step that they are for.</param>
/// <param name="shape">Their size.</param>
/// <param name="use">How memory is used.</param>
internal sealed class Batch(int step, BatchShape shape, MemoryUse use)
{
    /// <summary>Says of a pixel that nothing wrong is told of it.</summary>
    public const byte Uncorrupted = 255;

    /// <summary>The step.</summary>
    public int Step => step;

    /// <summary>The size.</summary>
    public BatchShape Shape => shape;

    /// <summary>How memory is used.</summary>
    public MemoryUse Use => use;

    /// <summary>R, G, B, <c>[T, B, H, W, 3]</c>.</summary>
    public byte[] Pictures { get; } = new byte[shape.Frames * shape.Clips * shape.Height * shape.Width * 3];

    /// <summary>0 to N, <c>[T, B, H, W]</c>.</summary>
    public byte[] Ids { get; } = new byte[shape.Frames * shape.Clips * shape.Height * shape.Width];

    /// <summary>What memory is told wrongly of a pixel, 0 to N; <see cref="Uncorrupted"/> where it is told what was found. <c>[T, B, H, W]</c>; null where nothing is wrong.</summary>
    public byte[]? CorruptedIds { get; private set; }

    /// <summary>1 where a pixel counts in no loss, since its id may be wrong, else 0, <c>[T, B, H, W]</c>; null where all count.</summary>
    public byte[]? IgnoredPixels { get; private set; }

    /// <summary>The picture of one frame.</summary>
    public Span<byte> Picture(int frame, int clip) => Pictures.AsSpan(At(frame, clip) * 3, shape.Height * shape.Width * 3);

    /// <summary>The ids of one frame.</summary>
    public Span<byte> Mask(int frame, int clip) => Ids.AsSpan(At(frame, clip), shape.Height * shape.Width);

    /// <summary>What memory is told wrongly of one frame, to be written.</summary>
    public Span<byte> CorruptedMask(int frame, int clip)
    {
        if (CorruptedIds is null)
        {
            CorruptedIds = new byte[Ids.Length];
            Array.Fill(CorruptedIds, Uncorrupted);
        }

        return CorruptedIds.AsSpan(At(frame, clip), shape.Height * shape.Width);
    }

    /// <summary>Which pixels of one frame count in no loss, to be written.</summary>
    public Span<byte> IgnoreMask(int frame, int clip)
    {
        IgnoredPixels ??= new byte[Ids.Length];
        return IgnoredPixels.AsSpan(At(frame, clip), shape.Height * shape.Width);
    }

    private int At(int frame, int clip) => ((frame * shape.Clips) + clip) * shape.Height * shape.Width;
}
