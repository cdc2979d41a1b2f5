using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>A crop for one network query: the expected object, and where that is trusted. Its user holds the turn on the network.</summary>
internal sealed class HintedCrop : IDisposable
{
    /// <summary>The bound of a crop around an object, in pixels a side: what the network decides on in some 10 ms.</summary>
    public const int LongestSide = 384;

    private const double Magnify = 3;
    private const float SurelyObject = 0.9f;
    private const float SurelyNot = 0.1f;

    // The cosine from which on two cells may be of one object.
    private const float Alike = 0.3f;

    // Points on either side of a border that are nearer to each other than so many cells may share cells.
    private const double BorderCells = 1.5;

    private readonly HintedPicture _picture;
    private readonly float[] _mask;
    private readonly SortedSet<int> _always = [];
    private readonly SortedSet<int> _first = [];
    private readonly Point[] _inside;
    private readonly Point[] _outside;
    private double _radius;

    /// <summary>Encodes a part of a picture.</summary>
    /// <param name="model">The network, opened on this thread.</param>
    /// <param name="picture">BGR; it stays the caller's.</param>
    /// <param name="around">What the prompt covers, in pixels of the frame.</param>
    /// <param name="margin">What is looked at around it.</param>
    /// <param name="prompt">Its points within the crop are trusted always.</param>
    /// <param name="radius">What is sure around a point, in pixels of the frame.</param>
    /// <param name="longestSide">The crop's bound, in pixels a side.</param>
    public HintedCrop(
        SwiftNetModel model, Mat picture, Rect around, int margin, PromptOnFrame prompt, double radius, int longestSide = LongestSide)
    {
        Crop = new PictureCrop(picture, around, margin, longestSide, Magnify);
        _mask = new float[Crop.Size.Width * Crop.Size.Height];
        Mask = Mat.FromPixelData(Crop.Size.Height, Crop.Size.Width, MatType.CV_32FC1, _mask);
        _inside = Array.ConvertAll(Array.FindAll(prompt.Inside, Crop.Place.Contains), Crop.To);
        _outside = Array.ConvertAll(Array.FindAll(prompt.Outside, Crop.Place.Contains), Crop.To);
        _radius = radius;
        _picture = new HintedPicture(model, new NetworkFrame(Planes(Crop.Picture), Crop.Size.Width, Crop.Size.Height));
        TrustPoints(_inside, _outside);
        TrustPoints(_outside, _inside);
    }

    /// <summary>The picture.</summary>
    public PictureCrop Crop { get; }

    /// <summary>What is thought to be the object, 0 to 1, of the crop's size.</summary>
    public Mat Mask { get; }

    /// <summary>The prompt's points on the object, in the crop.</summary>
    public IReadOnlyList<Point> Inside => _inside;

    /// <summary>The prompt's points beside it.</summary>
    public IReadOnlyList<Point> Outside => _outside;

    /// <summary>Whether the network, when it was asked last, left out the first point on the object.</summary>
    public bool LeavesOutFirst { get; private set; }

    /// <summary>Discs around the points on the object, as far as they are sure, 0 or 255; the caller's.</summary>
    public Mat Discs()
    {
        var discs = new Mat(Crop.Size, MatType.CV_8UC1, Scalar.Black);
        foreach (var point in _inside)
        {
            Cv2.Circle(discs, point, RadiusOf(point, _outside), Scalar.White, -1);
        }

        return discs;
    }

    /// <summary>Forgets what is trusted, but for what always is.</summary>
    /// <param name="radius">What is sure around a point from now on, in pixels of the frame.</param>
    public void Restart(double radius)
    {
        _radius = radius;
        _first.Clear();
    }

    /// <summary>Trusts the cells that are mostly white in a mask of the crop.</summary>
    /// <param name="where">0 or 255.</param>
    /// <param name="always">Whether in every round, or in the first alone.</param>
    /// <returns>Whether there was one.</returns>
    public bool Trust(Mat where, bool always)
    {
        var cells = Means(where);
        var mostly = Enumerable.Range(0, cells.Length).Where(i => cells[i] > 0.5f).ToArray();
        (always ? _always : _first).UnionWith(mostly);
        return mostly.Length > 0;
    }

    /// <summary>Trusts the cells of a point in the first round.</summary>
    public void Trust(Point point) => _first.Add(_picture.CellOf(point.X, point.Y));

    /// <summary>In the first round trusts the mask wherever it is sure.</summary>
    public void TrustMask() => _first.UnionWith(Certain());

    /// <summary>Doubts, in the first round, the cells that are mostly white in a mask of the crop.</summary>
    public void Doubt(Mat where)
    {
        var cells = Means(where);
        _first.RemoveWhere(cell => cells[cell] > 0.5f);
    }

    /// <summary>Doubts, in the first round, those trusted cells that look like the given points.</summary>
    /// <param name="points">In the crop; at least one.</param>
    /// <param name="only">Of which cells alone: those mostly white in this mask of the crop.</param>
    /// <param name="against">Points that say the contrary: cells nearer to these stay trusted.</param>
    public void DoubtLike(IReadOnlyList<Point> points, Mat only, IReadOnlyList<Point> against)
    {
        var alike = _picture.Likeness([.. points.Select(p => _picture.CellOf(p.X, p.Y))]);
        var cells = Means(only);
        _first.RemoveWhere(cell => alike[cell] > Alike && cells[cell] > 0.5f && Nearest(cell, points) < Nearest(cell, against));
    }

    /// <summary>Asks the network, round after round: what it is sure of in one is trusted in the next.</summary>
    /// <param name="rounds">At least one.</param>
    /// <param name="outside">What is surely not the object, 0 or 255 of the crop's size; or null.</param>
    /// <returns>How unsure the network is in the end: the pixels between object and not, a pixel of the object; more where it contradicts a
    /// point, infinite where it sees no object.</returns>
    public double Decide(int rounds, Mat? outside = null)
    {
        for (var round = 0; round < rounds; round++)
        {
            Stamp(2);
            SortedSet<int> trusted = [.. _always, .. round == 0 ? _first : Certain()];
            if (trusted.Count == 0)
            {
                return double.PositiveInfinity;
            }

            _picture.Ask(_mask, [.. trusted], _mask);
            if (outside is not null)
            {
                Mask.SetTo(Scalar.Black, outside);
            }
        }

        var doubt = Doubt();
        LeavesOutFirst = _inside.Length > 0 && !Says(_inside[0]);
        Stamp(4);
        return doubt;
    }

    /// <summary>What is likelier the object than not: 255; the caller's.</summary>
    public Mat Likelier()
    {
        var found = new Mat();
        Cv2.Compare(Mask, new Scalar(0.5), found, CmpTypes.GT);
        return found;
    }

    /// <summary>Takes off the mask what does not hang together with the points.</summary>
    public void KeepPointed()
    {
        using var found = Likelier();
        ConnectedParts.Keep(found, _inside);
        Cv2.BitwiseNot(found, found);
        Mask.SetTo(Scalar.Black, found);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mask.Dispose();
        _picture.Dispose();
        Crop.Dispose();
    }

    // A cell that the border runs through says nothing of either side.
    private void TrustPoints(Point[] points, Point[] others)
    {
        foreach (var point in points.Where(p => !Array.Exists(others, o => o.DistanceTo(p) < BorderCells * HintedPicture.CellSide)))
        {
            _always.Add(_picture.CellOf(point.X, point.Y));
        }
    }

    private double Nearest(int cell, IReadOnlyList<Point> points)
    {
        var (x, y) = _picture.CentreOf(cell);
        return points.Select(p => p.DistanceTo(new Point(x, y))).Append(double.PositiveInfinity).Min();
    }

    private bool Says(Point point) => _mask[(point.Y * Crop.Size.Width) + point.X] > 0.5f;

    private double Doubt()
    {
        var (unsure, sure) = (0, 0);
        foreach (var probability in _mask)
        {
            unsure += probability is > SurelyNot and < SurelyObject ? 1 : 0;
            sure += probability > 0.5f ? 1 : 0;
        }

        var contradicted = _inside.Count(p => !Says(p)) + _outside.Count(Says);
        return sure == 0 ? double.PositiveInfinity : ((double)unsure / sure) + contradicted;
    }

    /// <summary>Makes the points sure in the mask.</summary>
    /// <param name="part">Of their radius.</param>
    private void Stamp(int part)
    {
        foreach (var point in _inside)
        {
            Cv2.Circle(Mask, point, Math.Max(2, RadiusOf(point, _outside) / part), Scalar.All(1), -1);
        }

        foreach (var point in _outside)
        {
            Cv2.Circle(Mask, point, Math.Max(2, RadiusOf(point, _inside) / part), Scalar.Black, -1);
        }
    }

    // Between a point on the object and one beside it lies the border.
    private int RadiusOf(Point point, Point[] others) =>
        Math.Max(6, (int)others.Aggregate(_radius * Crop.Scale, (least, other) => Math.Min(least, 0.6 * point.DistanceTo(other))));

    private IEnumerable<int> Certain()
    {
        var cells = _picture.Means(_mask);
        return Enumerable.Range(0, cells.Length).Where(i => cells[i] is > SurelyObject or < SurelyNot);
    }

    private float[] Means(Mat white)
    {
        using var map = new Mat();
        white.ConvertTo(map, MatType.CV_32FC1, 1 / 255.0);
        return _picture.Means(map.AsSpan<float>());
    }

    private static float[] Planes(Mat picture)
    {
        var planes = new float[3 * picture.Width * picture.Height];
        using var channels = Mat.FromPixelData(3 * picture.Height, picture.Width, MatType.CV_32FC1, planes);
        using var channel = new Mat();
        for (var i = 0; i < 3; i++)
        {
            Cv2.ExtractChannel(picture, channel, 2 - i);
            using var plane = channels.RowRange(i * picture.Height, (i + 1) * picture.Height);
            channel.ConvertTo(plane, MatType.CV_32FC1, 1 / 255.0);
        }

        return planes;
    }
}
