namespace SwiftNet.Training.Clips;

/// <summary>Photographs excluded from training, selected by a hash of their names; the multi-object split is made of them.</summary>
internal static class HeldOut
{
    private const uint OneIn = 12;

    /// <summary>Whether the photograph with this name (without extension) is held out.</summary>
    public static bool Contains(string name)
    {
        // FNV-1a, identical on every machine.
        var hash = 2166136261u;
        foreach (var character in name)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return (hash ^ (hash >> 15)) % OneIn == 0;
    }
}
