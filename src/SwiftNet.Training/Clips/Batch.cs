namespace SwiftNet.Training.Clips;

/// <summary>Shape of a batch.</summary>
/// <param name="Width">Columns of a crop, a multiple of 16.</param>
/// <param name="Height">Rows of a crop, a multiple of 16.</param>
/// <param name="Frames">Frames per clip.</param>
/// <param name="Objects">Objects per clip.</param>
/// <param name="Clips">Number of clips.</param>
internal readonly record struct BatchShape(int Width, int Height, int Frames, int Objects, int Clips);

/// <summary>How memory is used in a batch.</summary>
/// <param name="PreviousFrame">Whether the previous frame is part of memory.</param>
/// <param name="Due">For each frame, whether it is written to memory.</param>
/// <param name="Beta">Share of a frame's pixels that a memory update adds.</param>
/// <param name="Prompts">Whether the first frame's objects are also segmented from simulated prompts.</param>
/// <param name="Copy">Whether the first frame's masks are also reconstructed on the first frame itself.</param>
internal sealed record MemoryUse(bool PreviousFrame, bool[] Due, double Beta, bool Prompts = false, bool Copy = false);

/// <summary>A batch of clips.</summary>
/// <param name="step">The training step.</param>
/// <param name="shape">The shape.</param>
/// <param name="use">How memory is used.</param>
internal sealed class Batch(int step, BatchShape shape, MemoryUse use)
{
    /// <summary>Marks a pixel whose memory mask is not corrupted.</summary>
    public const byte Uncorrupted = 255;

    /// <summary>The training step.</summary>
    public int Step => step;

    /// <summary>The shape.</summary>
    public BatchShape Shape => shape;

    /// <summary>How memory is used.</summary>
    public MemoryUse Use => use;

    /// <summary>Pictures as R, G, B bytes, <c>[T, B, H, W, 3]</c>.</summary>
    public byte[] Pictures { get; } = new byte[shape.Frames * shape.Clips * shape.Height * shape.Width * 3];

    /// <summary>Ground truth, 0 = background, 1 to N = objects, <c>[T, B, H, W]</c>.</summary>
    public byte[] Ids { get; } = new byte[shape.Frames * shape.Clips * shape.Height * shape.Width];

    /// <summary>Wrong ids for the memory mask, 0 to N, or <see cref="Uncorrupted"/> where the network's own mask is used, <c>[T, B, H,
    /// W]</c>; null = no corruption.</summary>
    public byte[]? CorruptedIds { get; private set; }

    /// <summary>1 where a pixel is excluded from the loss because its id is uncertain, else 0, <c>[T, B, H, W]</c>; null = all pixels
    /// count.</summary>
    public byte[]? IgnoredPixels { get; private set; }

    /// <summary>The picture of one frame, <c>[H, W, 3]</c>.</summary>
    public Span<byte> Picture(int frame, int clip) => Pictures.AsSpan(At(frame, clip) * 3, shape.Height * shape.Width * 3);

    /// <summary>The ground truth of one frame, <c>[H, W]</c>.</summary>
    public Span<byte> Mask(int frame, int clip) => Ids.AsSpan(At(frame, clip), shape.Height * shape.Width);

    /// <summary>The corrupted memory mask of one frame, <c>[H, W]</c>, writable; created on first use.</summary>
    public Span<byte> CorruptedMask(int frame, int clip)
    {
        if (CorruptedIds is null)
        {
            CorruptedIds = new byte[Ids.Length];
            Array.Fill(CorruptedIds, Uncorrupted);
        }

        return CorruptedIds.AsSpan(At(frame, clip), shape.Height * shape.Width);
    }

    /// <summary>The ignored pixels of one frame, <c>[H, W]</c>, writable; created on first use.</summary>
    public Span<byte> IgnoreMask(int frame, int clip)
    {
        IgnoredPixels ??= new byte[Ids.Length];
        return IgnoredPixels.AsSpan(At(frame, clip), shape.Height * shape.Width);
    }

    private int At(int frame, int clip) => ((frame * shape.Clips) + clip) * shape.Height * shape.Width;
}
