using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>A mild smooth deformation, similar to a thin-plate spline: offsets on a coarse grid, interpolated bicubically, that grow over
/// the clip.</summary>
internal sealed class Bend : IDisposable
{
    private const int Grid = 4;
    private readonly Mat _first;
    private readonly Mat _change;

    /// <summary>Draws a deformation.</summary>
    /// <param name="strength">Largest offset, relative to the layer's size.</param>
    /// <param name="random">The random generator.</param>
    public Bend(double strength, Random random)
    {
        _first = Draw(strength * 0.5, random);
        _change = Draw(strength, random);
    }

    /// <summary>The offset field of a frame.</summary>
    /// <param name="progress">Position in the clip: 0 = first frame, 1 = last.</param>
    /// <param name="width">Columns of the field.</param>
    /// <param name="height">Rows of the field.</param>
    /// <returns>Two floats per pixel, relative to the layer's size; the caller disposes it.</returns>
    public Mat At(double progress, int width, int height)
    {
        using var grid = new Mat();
        Cv2.AddWeighted(_first, 1, _change, progress, 0, grid);
        var field = new Mat();
        Cv2.Resize(grid, field, new Size(width, height), 0, 0, InterpolationFlags.Cubic);
        return field;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first.Dispose();
        _change.Dispose();
    }

    private static Mat Draw(double strength, Random random)
    {
        var grid = new Mat(Grid, Grid, MatType.CV_32FC2);
        for (var y = 0; y < Grid; y++)
        {
            for (var x = 0; x < Grid; x++)
            {
                grid.Set(y, x, new Vec2f((float)(Motion.Either(random) * strength), (float)(Motion.Either(random) * strength)));
            }
        }

        return grid;
    }
}
