using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>A mild smooth deformation, like a thin plate's: shifts of a coarse grid, interpolated by cubics, that grow over the clip.</summary>
internal sealed class Bend : IDisposable
{
    private const int Grid = 4;
    private readonly Mat _first;
    private readonly Mat _change;

    /// <summary>Draws one.</summary>
    /// <param name="strength">Largest shift, of the layer's size.</param>
    /// <param name="random">Chance.</param>
    public Bend(double strength, Random random)
    {
        _first = Draw(strength * 0.5, random);
        _change = Draw(strength, random);
    }

    /// <summary>The shifts in a frame.</summary>
    /// <param name="progress">From the clip's first frame, 0, to its last, 1.</param>
    /// <param name="width">Columns wanted.</param>
    /// <param name="height">Rows wanted.</param>
    /// <returns>Two floats a pixel, of the layer's size. The caller's.</returns>
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
