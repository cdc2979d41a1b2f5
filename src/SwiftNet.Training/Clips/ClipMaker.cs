using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>Makes the clips of a batch: background with its own objects, pasted objects, photometric changes and blur.</summary>
internal sealed class ClipMaker(BackgroundPicker backgrounds, LayerPicker layers, TrainingOptions options)
{
    private const int Attempts = 4;

    // Minimum size of a visible object: share of the picture, and pixels.
    private const double LeastShare = 0.0012;
    private const int LeastPixels = 60;
    private readonly MemoryMaskCorruption _corruption = new(options.MemoryCorruptionShare);

    /// <summary>Fills a batch.</summary>
    public void Fill(Batch batch)
    {
        for (var clip = 0; clip < batch.Shape.Clips; clip++)
        {
            var random = BatchPlan.RandomOf(options.Seed, batch.Step, clip + 1);
            for (var attempt = 1; !TryMake(batch, clip, random, attempt == Attempts); attempt++)
            {
            }
        }
    }

    /// <summary>Makes one clip.</summary>
    /// <returns>False if too few objects are visible in the first frame.</returns>
    private bool TryMake(Batch batch, int clip, Random random, bool whatever)
    {
        var shape = batch.Shape;
        using var background = backgrounds.Draw(shape, batch.Use.Prompts, (double)batch.Step / options.Iterations, random);
        var colours = Colours.Draw(random.NextDouble(), random);
        var change = Colours.Draw(random.NextDouble() * 0.6, random);
        var blur = random.NextDouble() < 0.15 ? 0.4 + random.NextDouble() : 0;
        byte[] own = [];
        List<Layer>? pasted = null;
        try
        {
            for (var t = 0; t < shape.Frames; t++)
            {
                var (picture, ids) = background.Paint(t, new Size(shape.Width, shape.Height));
                using var ownedPicture = picture;
                using var ownedIds = ids;
                if (t == 0)
                {
                    own = Choose(ids, shape, random);
                    pasted = layers.Draw(shape, own.Length + 1, background.Still, random);
                }

                Relabel(ids, own);
                foreach (var layer in pasted!)
                {
                    layer.Paint(picture, ids, t);
                }

                if (t == 0 && Visible(ids, shape) < shape.Objects && !whatever)
                {
                    return false;
                }

                if (blur > 0)
                {
                    Cv2.GaussianBlur(picture, picture, new Size(0, 0), blur);
                }

                colours.Then(change, shape.Frames == 1 ? 0 : t / (shape.Frames - 1.0)).Apply(picture);
                Store(picture, ids, batch, t, clip);
                if (background.EdgeWidth(t) is > 0 and var width)
                {
                    RoughEdges.Mark(ids, own.Length, width, batch.IgnoreMask(t, clip));
                }
            }
        }
        finally
        {
            foreach (var layer in pasted ?? [])
            {
                layer.Dispose();
            }
        }

        ClipIds.Tidy(batch, clip);
        _corruption.Fill(batch, clip, random);
        return true;
    }

    /// <summary>Selects the background's own objects for the clip, in the order of their new ids.</summary>
    private static byte[] Choose(Mat ids, BatchShape shape, Random random)
    {
        ids.GetArray(out byte[] all);
        var area = shape.Width * shape.Height;
        var seen = StillPicture.Measure(all, shape.Width)
            .Where(i => i.Area >= Least(area) && i.Area < 0.7 * area)
            .Select(i => i.Id)
            .ToArray();
        random.Shuffle(seen);
        return seen.Length <= shape.Objects ? seen : seen[..shape.Objects];
    }

    private static void Relabel(Mat ids, byte[] own)
    {
        var table = new byte[256];
        for (var i = 0; i < own.Length; i++)
        {
            table[own[i]] = (byte)(i + 1);
        }

        using var look = Mat.FromPixelData(1, 256, MatType.CV_8UC1, table);
        Cv2.LUT(ids, look, ids);
    }

    private static int Visible(Mat ids, BatchShape shape)
    {
        ids.GetArray(out byte[] all);
        return StillPicture.Measure(all, shape.Width).Count(i => i.Area >= Least(shape.Width * shape.Height));
    }

    private static double Least(int area) => Math.Max(LeastPixels, LeastShare * area);

    private static unsafe void Store(Mat picture, Mat ids, Batch batch, int frame, int clip)
    {
        Cv2.CvtColor(picture, picture, ColorConversionCodes.BGR2RGB);
        new ReadOnlySpan<byte>((void*)picture.Data, checked((int)picture.Total() * 3)).CopyTo(batch.Picture(frame, clip));
        new ReadOnlySpan<byte>((void*)ids.Data, checked((int)ids.Total())).CopyTo(batch.Mask(frame, clip));
    }
}
