namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>Frames that chance writes to memory.</summary>
internal static class ChanceSchedule
{
    /// <summary>Draws them; the same seed draws the same.</summary>
    /// <param name="writes">How many.</param>
    /// <param name="frames">Out of the frames 1 to this one.</param>
    /// <param name="seed">The seed.</param>
    public static IReadOnlySet<long> Draw(int writes, int frames, int seed)
    {
        var numbers = Enumerable.Range(1, frames).Select(n => (long)n).ToArray();
        new Random(seed).Shuffle(numbers);
        return numbers.Take(writes).ToHashSet();
    }
}
