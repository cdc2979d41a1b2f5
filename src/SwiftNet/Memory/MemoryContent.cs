namespace SwiftNet.Memory;

/// <summary>What an object's memory holds.</summary>
/// <param name="Trusted">Trusted frames: the first one and references.</param>
/// <param name="Previous">Whether there is a previous frame.</param>
/// <param name="Updates">Updates written so far; the newest of them are held.</param>
internal readonly record struct MemoryContent(int Trusted, bool Previous, long Updates)
{
    /// <summary>Memory pixels that a match reads of it.</summary>
    /// <param name="cells">Pixels of a frame.</param>
    /// <param name="updatePixels">Pixels of an update.</param>
    /// <param name="slots">Updates that there is room for.</param>
    public int Rows(int cells, int updatePixels, int slots) => ((Trusted + (Previous ? 1 : 0)) * cells) + ((int)Math.Min(Updates, slots) * updatePixels);
}
