using OpenCvSharp;
using SwiftNet.Live.Prompts;
using SwiftNet.Metrics;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>An object on a first frame, and what it is in truth.</summary>
/// <param name="Name">The sequence's, and the object's id where there are several.</param>
/// <param name="Bgr">The frame.</param>
/// <param name="Width">Its columns, in pixels.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Truth">1 on the object, row by row.</param>
internal sealed record PromptedObject(string Name, byte[] Bgr, int Width, int Height, byte[] Truth);

/// <summary>One way from prompt to mask, tried on objects.</summary>
/// <param name="name">How the report calls it.</param>
/// <param name="masks">The way.</param>
/// <param name="seen">Is shown each mask with its prompt.</param>
internal sealed class PromptTrial(string name, PromptMask masks, Action<PromptedObject, string, Prompt, byte[]>? seen = null)
{
    /// <summary>After so many points the mask is scored.</summary>
    public static readonly int[] ScoredPoints = [1, 3, 6];

    private readonly List<double> _box = [];
    private readonly List<double>[] _points = Array.ConvertAll(ScoredPoints, _ => new List<double>());
    private readonly List<double> _boxTimes = [];
    private readonly List<double> _pointTimes = [];

    /// <summary>How the report calls it.</summary>
    public string Name => name;

    /// <summary>The way.</summary>
    public PromptMask Masks => masks;

    /// <summary>IoU from the true box, one value an object.</summary>
    public IReadOnlyList<double> Box => _box;

    /// <summary>IoU after each number of points.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Points => _points;

    /// <summary>Milliseconds, one value a box.</summary>
    public IReadOnlyList<double> BoxTimes => _boxTimes;

    /// <summary>Milliseconds, one value a click.</summary>
    public IReadOnlyList<double> PointTimes => _pointTimes;

    /// <summary>Tries one object.</summary>
    public void Run(PromptedObject one)
    {
        using var truth = Mat.FromPixelData(one.Height, one.Width, MatType.CV_8UC1, one.Truth);
        var found = Find(one, "box", new Prompt { Box = SimulatedUser.Box(truth) }, _boxTimes);
        _box.Add(RegionSimilarity.Measure(one.Truth, found));

        var points = new List<PromptPoint>();
        found = new byte[found.Length];
        for (var clicks = 1; clicks <= ScoredPoints[^1]; clicks++)
        {
            using var sofar = Mat.FromPixelData(one.Height, one.Width, MatType.CV_8UC1, found);
            if (SimulatedUser.NextPoint(truth, sofar) is { } next)
            {
                points.Add(next);
                found = Find(one, $"{clicks}", new Prompt { Points = [.. points] }, _pointTimes);
            }

            if (Array.IndexOf(ScoredPoints, clicks) is >= 0 and var at)
            {
                _points[at].Add(RegionSimilarity.Measure(one.Truth, found));
            }
        }
    }

    private byte[] Find(PromptedObject one, string what, Prompt prompt, List<double> times)
    {
        var start = TimeProvider.System.GetTimestamp();
        byte[] found;
        try
        {
            found = masks.Find(one.Bgr, one.Width, one.Height, prompt).Pixels;
        }
        catch (PromptException)
        {
            // No mask is a mask without a pixel.
            found = new byte[one.Truth.Length];
        }

        times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        seen?.Invoke(one, what, prompt, found);
        return found;
    }
}
