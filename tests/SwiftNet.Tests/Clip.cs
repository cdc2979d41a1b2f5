namespace SwiftNet.Tests;

/// <summary>A made clip: checked squares that wander over a soft ground; object n is the n-th square.</summary>
internal sealed class Clip(int width, int height, params Clip.Square[] squares)
{
    /// <summary>A square with its upper left corner in frame 0, its speed in pixels a frame, and its colours.</summary>
    internal readonly record struct Square(double X, double Y, double Dx, double Dy, int Side, float Red, float Green, float Blue);

    // Normal numbers, as twelve uniform ones less six; frames begin at different ones.
    private static readonly float[] s_noise = Noise();

    /// <summary>One red square on its way to the right and down.</summary>
    public static Clip One => new(160, 96, new Square(30, 20, 1.5, 0.5, 36, 0.9f, 0.2f, 0.15f));

    /// <summary>A red square and a blue one.</summary>
    public static Clip Two =>
        new(160, 96, new Square(16, 16, 1, 0.5, 36, 0.9f, 0.2f, 0.15f), new Square(100, 40, -1, -0.5, 36, 0.1f, 0.2f, 0.85f));

    /// <summary>Two squares large enough to be followed in a picture of half the size.</summary>
    public static Clip Large =>
        new(320, 192, new Square(50, 50, 2, 1, 70, 0.9f, 0.2f, 0.15f), new Square(190, 70, -2, -1, 70, 0.1f, 0.2f, 0.85f));

    public int Width => width;

    public int Height => height;

    /// <summary>The same scene by a camera of another resolution: cropped at its sides, or wider.</summary>
    public Clip Seen(int otherWidth, int otherHeight) =>
        new(
            otherWidth,
            otherHeight,
            Array.ConvertAll(squares, s => s with { X = s.X + ((otherWidth - width) / 2), Y = s.Y + ((otherHeight - height) / 2) }));

    /// <summary>The mask of frame <paramref name="t"/>, of all objects or of the given ones; each pixel repeated <paramref name="scale"/>
    /// times a side.</summary>
    public IdMask Mask(int t, int scale = 1, params byte[] only)
    {
        var ids = new byte[width * height * scale * scale];
        for (var i = 0; i < ids.Length; i++)
        {
            var id = At(t, i % (width * scale) / scale, i / (width * scale) / scale);
            ids[i] = only.Length == 0 || only.Contains(id) ? id : (byte)0;
        }

        return new IdMask(width * scale, height * scale, ids);
    }

    /// <summary>A large square that stays where it is.</summary>
    public static Clip Still => new(96, 64, new Square(28, 12, 0, 0, 40, 0.9f, 0.2f, 0.15f));

    /// <summary>R, G, B planes of frame <paramref name="t"/>.</summary>
    /// <param name="t">The frame.</param>
    /// <param name="light">What the objects' colours are multiplied by.</param>
    /// <param name="noise">Standard deviation of the camera's noise, of 1.</param>
    /// <param name="turned">Whether the objects show stripes instead of checks.</param>
    public float[] Planes(int t, float light = 1, float noise = 0, bool turned = false)
    {
        var planes = new float[3 * width * height];
        var from = new Random(t).Next(s_noise.Length);
        for (var i = 0; i < planes.Length; i++)
        {
            var (plane, y, x) = (i / (width * height), i / width % height, i % width);
            var id = At(t, x, y);
            var value = id == 0 ? Ground(plane, x, y) : light * Surface(squares[id - 1], plane, t, x, y, turned);

            planes[i] = Math.Clamp(value + (noise * s_noise[(from + i) % s_noise.Length]), 0, 1);
        }

        return planes;
    }

    /// <summary>The object's share of the union of what was found and what is there.</summary>
    public double Jaccard(ReadOnlySpan<byte> found, int t, byte id)
    {
        var truth = Mask(t).Ids;
        var (both, either) = (0, 0);
        for (var i = 0; i < found.Length; i++)
        {
            both += found[i] == id && truth[i] == id ? 1 : 0;
            either += found[i] == id || truth[i] == id ? 1 : 0;
        }

        return either == 0 ? 1 : (double)both / either;
    }

    private static float Ground(int plane, int x, int y) =>
        0.45f + (0.1f * MathF.Sin((x / 17f) + plane)) + (0.1f * MathF.Cos((y / 13f) - plane));

    private static float Surface(Square square, int plane, int t, int x, int y, bool turned)
    {
        var (u, v) = ((int)(x - square.X - (square.Dx * t)), (int)(y - square.Y - (square.Dy * t)));
        var dark = turned ? (u + v) / 6 % 2 == 0 : ((u / 6) + (v / 6)) % 2 == 0;
        return (plane switch { 0 => square.Red, 1 => square.Green, _ => square.Blue }) * (dark ? 0.4f : 1);
    }

    private static float[] Noise()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 99_991).Select(_ => Enumerable.Range(0, 12).Sum(_ => random.NextSingle()) - 6)];
    }

    private byte At(int t, int x, int y)
    {
        for (var i = squares.Length - 1; i >= 0; i--)
        {
            var (left, top) = ((int)(squares[i].X + (squares[i].Dx * t)), (int)(squares[i].Y + (squares[i].Dy * t)));
            if (x >= left && y >= top && x < left + squares[i].Side && y < top + squares[i].Side)
            {
                return (byte)(i + 1);
            }
        }

        return 0;
    }
}
