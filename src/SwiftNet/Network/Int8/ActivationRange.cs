namespace SwiftNet.Network.Int8;

/// <summary>The values that an activation takes, nearly all of them: what lies outside is clipped.</summary>
/// <param name="Low">The smallest; 0 for a rectified activation.</param>
/// <param name="High">The largest.</param>
internal readonly record struct ActivationRange(float Low, float High)
{
    /// <summary>The range that covers both.</summary>
    public ActivationRange Cover(ActivationRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>How 8 bits cover this range, with 0 met exactly.</summary>
    public Quantization Quantization()
    {
        // 0 is a value of its own: padding and what the rectifier cuts off are zeros.
        var (low, high) = (Math.Min(Low, 0), Math.Max(High, 1e-6f));
        var scale = (high - low) / (double)Int8.Quantization.Largest;
        return new Quantization(scale, (int)Math.Round(-low / scale));
    }
}
