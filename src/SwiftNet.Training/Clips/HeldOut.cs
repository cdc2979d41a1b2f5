namespace SwiftNet.Training.Clips;

/// <summary>Still pictures that are never trained on, chosen by their names alone: the multi-object split is made of them.</summary>
internal static class HeldOut
{
    private const uint OneIn = 12;

    /// <summary>Whether the picture of that name, without extension, is held out.</summary>
    public static bool Contains(string name)
    {
        // FNV-1a: the same on every machine.
        var hash = 2166136261u;
        foreach (var character in name)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return (hash ^ (hash >> 15)) % OneIn == 0;
    }
}
