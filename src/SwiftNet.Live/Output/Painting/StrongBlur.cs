using OpenCvSharp;

namespace SwiftNet.Live.Output.Painting;

/// <summary>A blur beyond recognition: the picture is averaged to a few cells and upsampled.</summary>
internal sealed class StrongBlur : IDisposable
{
    // A face that fills a third of the picture has four cells per side.
    private const int CellsOfLongerSide = 12;
    private readonly Mat _small = new();

    /// <summary>Renders into <paramref name="blurred"/>, of the picture's size.</summary>
    public void Apply(Mat picture, Mat blurred)
    {
        var cell = Math.Max(1, Math.Max(picture.Width, picture.Height) / CellsOfLongerSide);
        Cv2.Resize(
            picture,
            _small,
            new Size(Math.Max(1, picture.Width / cell), Math.Max(1, picture.Height / cell)),
            interpolation: InterpolationFlags.Area);
        Cv2.Resize(_small, blurred, picture.Size(), interpolation: InterpolationFlags.Linear);
    }

    /// <inheritdoc/>
    public void Dispose() => _small.Dispose();
}
