namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>What is tried of the trigger: every combination.</summary>
/// <param name="FrameThresholds">Values of <see cref="MemoryOptions.FrameThreshold"/>, th_f.</param>
/// <param name="MaskThresholds">Values of <see cref="MemoryOptions.MaskThreshold"/>, th_m.</param>
/// <param name="AreaShares">Values of <see cref="MemoryOptions.WriteAreaThreshold"/>, P_th.</param>
/// <param name="Draws">How often each is compared with chance.</param>
internal sealed record TriggerGrid(double[] FrameThresholds, double[] MaskThresholds, double[] AreaShares, int Draws)
{
    /// <summary>The memory sections of all combinations.</summary>
    public IEnumerable<MemoryOptions> Of(MemoryOptions memory) =>
        from frame in FrameThresholds
        from mask in MaskThresholds
        from area in AreaShares
        select memory with { Trigger = TriggerKind.Variation, FrameThreshold = frame, MaskThreshold = mask, WriteAreaThreshold = area };
}
