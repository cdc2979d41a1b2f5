using OpenCvSharp;
using SwiftNet.Training.Clips;

namespace SwiftNet.Training.Evaluation;

/// <summary>
/// A large background as sharp as its photographs: tiles at their own resolution, side by side. Where no photograph is large enough, an
/// enlarged one would be blurred, and sharp objects before it would stand out.
/// </summary>
internal sealed class Collage : IDisposable
{
    /// <summary>Lays photographs in a random order until the picture is full.</summary>
    /// <param name="photographs">The photographs; one at least.</param>
    /// <param name="size">The picture's size.</param>
    /// <param name="random">The random generator.</param>
    public Collage(IReadOnlyList<StillPicture> photographs, Size size, Random random)
    {
        Picture = new Mat(size.Height, size.Width, MatType.CV_8UC3, Scalar.Black);
        for (int top = 0, rows; top < size.Height; top += rows)
        {
            rows = size.Height - top;
            for (int left = 0, columns; left < size.Width; left += columns)
            {
                using var photograph = photographs[random.Next(photographs.Count)].Decode();
                rows = Math.Min(rows, photograph.Height);
                columns = Math.Min(photograph.Width, size.Width - left);
                var height = Math.Min(photograph.Height, size.Height - top);
                using var from = new Mat(photograph, new Rect(0, 0, columns, height));
                using var to = new Mat(Picture, new Rect(left, top, columns, height));
                from.CopyTo(to);
            }
        }
    }

    /// <summary>The picture, B, G, R.</summary>
    public Mat Picture { get; }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
