using SwiftNet.Metrics;

namespace SwiftNet.Imaging.Scoring;

/// <summary>J and F of one object, frame after frame.</summary>
/// <param name="id">The object's id.</param>
/// <param name="share">Share of the picture that it covers where it is given, 0 to 1.</param>
internal sealed class ObjectScores(byte id, double share)
{
    /// <summary>The object's id.</summary>
    public byte Id { get; } = id;

    /// <summary>Share of the picture that the object covers where it is given, 0 to 1.</summary>
    public double Share { get; } = share;

    /// <summary>One value a scored frame, 0 to 1.</summary>
    public List<double> Region { get; } = [];

    /// <summary>The same for the boundary.</summary>
    public List<double> Boundary { get; } = [];

    /// <summary>J over the sequence.</summary>
    public SequenceScore J => SequenceScore.Of(Region.ToArray());

    /// <summary>F over the sequence.</summary>
    public SequenceScore F => SequenceScore.Of(Boundary.ToArray());

    /// <summary>Mean J over the first fifth of the scored frames.</summary>
    public double FirstFifth => Region.Take(Fifth).Average();

    /// <summary>Mean J over the last fifth of the scored frames: what drift has left.</summary>
    public double LastFifth => Region.TakeLast(Fifth).Average();

    private int Fifth => Math.Max(1, Region.Count / 5);
}
