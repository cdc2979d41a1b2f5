namespace SwiftNet.Training.Clips;

/// <summary>Final corrections of a clip's ids.</summary>
internal static class ClipIds
{
    /// <summary>Removes objects that are not visible in the first frame, since they have no reference.</summary>
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
