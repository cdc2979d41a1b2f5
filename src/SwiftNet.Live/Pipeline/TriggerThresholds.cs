namespace SwiftNet.Live.Pipeline;

/// <summary>When frames are due for a memory write, as Memory:FrameThreshold, Memory:MaskThreshold and Memory:WriteAreaThreshold have
/// it.</summary>
internal sealed record TriggerThresholds(double Frame, double Mask, double WriteAreaThreshold);
