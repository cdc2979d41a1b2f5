namespace SwiftNet.Live.Prompts;

/// <summary>A point that lies on the object or on what is not the object, in pixels of the frame.</summary>
/// <param name="X">From the left, 0 to the frame's width.</param>
/// <param name="Y">From the top, 0 to the frame's height.</param>
/// <param name="Inside">Whether it is on the object.</param>
internal sealed record PromptPoint(double X, double Y, bool Inside = true);

/// <summary>A mask in COCO's compressed run lengths, as the outputs write them.</summary>
/// <param name="Size">Height, then width, in pixels.</param>
/// <param name="Counts">The run lengths.</param>
internal sealed record PromptRuns(int[] Size, string Counts);

/// <summary>
/// A user's prompt for one object on one frame, as it is received; everything may be combined and nothing is checked yet.
/// A mask alone is taken as it is. Points correct what box, polygon and mask give; without the others they mark the object by themselves.
/// </summary>
internal sealed record Prompt
{
    /// <summary>x, y, width, height, in pixels of the frame.</summary>
    public double[]? Box { get; init; }

    /// <summary>x and y of three corners or more.</summary>
    public double[][]? Polygon { get; init; }

    /// <summary>Points on the object and beside it.</summary>
    public IReadOnlyList<PromptPoint>? Points { get; init; }

    /// <summary>A PNG of the frame's shape: what is not 0 (black, transparent) is the object.</summary>
    public byte[]? MaskPng { get; init; }

    /// <summary>The same in run lengths.</summary>
    public PromptRuns? MaskRle { get; init; }
}
