namespace SwiftNet.Memory;

/// <summary>What an object's memory holds.</summary>
/// <param name="TrustedRows">Memory pixels of each trusted frame: the first one, then references.</param>
/// <param name="PreviousRows">Memory pixels of the previous frame; 0 where there is none.</param>
/// <param name="Updates">Updates written so far; the newest of them are held.</param>
internal readonly record struct MemoryContent(int[] TrustedRows, int PreviousRows, long Updates)
{
    /// <summary>Trusted frames.</summary>
    public int Trusted => TrustedRows.Length;

    /// <summary>Whether there is a previous frame.</summary>
    public bool Previous => PreviousRows > 0;

    /// <summary>Memory pixels that a match reads of it.</summary>
    /// <param name="updatePixels">Pixels of an update.</param>
    /// <param name="slots">Updates that there is room for.</param>
    public int Rows(int updatePixels, int slots) => TrustedRows.Sum() + PreviousRows + ((int)Math.Min(Updates, slots) * updatePixels);
}
