namespace SwiftNet.Training.Clips;

/// <summary>The last word on a clip's ids.</summary>
internal static class ClipIds
{
    /// <summary>Takes objects out that the first frame does not show: nobody could know that they are to be followed.</summary>
    public static void Tidy(Batch batch, int clip)
    {
        Span<bool> given = stackalloc bool[256];
        foreach (var id in batch.Mask(0, clip))
        {
            given[id] = true;
        }

        for (var t = 1; t < batch.Shape.Frames; t++)
        {
            foreach (ref var id in batch.Mask(t, clip))
            {
                id = given[id] ? id : (byte)0;
            }
        }
    }
}
