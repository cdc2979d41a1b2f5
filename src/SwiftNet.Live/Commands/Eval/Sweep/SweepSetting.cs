namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>One way to fill the memory.</summary>
/// <param name="Name">What it is called; the same with the previous frame on and off.</param>
/// <param name="Memory">The section that it runs with.</param>
internal sealed record SweepSetting(string Name, MemoryOptions Memory)
{
    /// <summary>The setting that this one is the chance of: as many frames of each sequence are written as there, but drawn at random. Null
    /// where the memory section decides.</summary>
    public SweepSetting? ChanceOf { get; init; }

    /// <summary>Which draw of several, from 1.</summary>
    public int Draw { get; init; }

    /// <summary>The same with the previous frame on and off.</summary>
    public static IEnumerable<SweepSetting> OnAndOff(string name, MemoryOptions memory) =>
        [new(name, memory with { PreviousFrame = true }), new(name, memory with { PreviousFrame = false })];
}
