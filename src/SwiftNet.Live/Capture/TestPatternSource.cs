using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>A coloured disc that moves in front of a chequered background, with the frame's number encoded in the pixels. Each picture is a
/// pure function of its number.</summary>
internal sealed class TestPatternSource : IFrameSource
{
    private readonly FrameSize _size;
    private readonly FrameFactory _frames;

    /// <summary>Opens <c>test:moving</c> or <c>test:still</c>, with the query keys <c>size</c> (128x64 to 4096x4096, default 320x240),
    /// <c>fps</c> (1 to 240, default 25)
    /// and <c>frames</c> (default: unlimited).</summary>
    /// <exception cref="UserErrorException">The pattern is unknown.</exception>
    public TestPatternSource(SourceAddress address, TimeProvider time)
    {
        if (address.Path is not ("moving" or "still"))
        {
            throw new UserErrorException($"The test pattern '{address.Path}' is unknown; known are test:moving and test:still.");
        }

        address.AllowKeys("size", "fps", "frames");
        Name = "test:" + address.Path;
        _frames = new FrameFactory(time);
        _size = address.Size("size", new FrameSize(320, 240), new FrameSize(FrameNumberCode.Width, 64), new FrameSize(4096, 4096));
        FrameRate = address.Number("fps", 25, 1, 240);
        FrameCount = address["frames"] is null ? null : (long)address.Number("frames", 0, 1, 1e9);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public double FrameRate { get; }

    /// <inheritdoc/>
    public long? FrameCount { get; }

    private bool Moves => Name == "test:moving";

    /// <inheritdoc/>
    public SourceStatus Status => _frames.Status;

    /// <inheritdoc/>
    public Frame? Read(CancellationToken cancellation)
    {
        if (_frames.Count == FrameCount)
        {
            _frames.End();
            return null;
        }

        var pixels = PooledArray<byte>.Rent(_size.Width * _size.Height * 3);
        Draw(pixels.Array);
        FrameNumberCode.Write(pixels.Array, _size.Width, _frames.Count);
        return _frames.Next(pixels, _size.Width, _size.Height, TimeSpan.FromSeconds(_frames.Count / FrameRate));
    }

    /// <summary>The exact mask of the disc in frame <paramref name="number"/>, as id 1: the result of a perfect segmenter.</summary>
    public IdMask Truth(long number)
    {
        var ids = new byte[_size.Width * _size.Height];
        var disc = Disc(number);
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = disc.Covers(i % _size.Width, i / _size.Width) ? (byte)1 : (byte)0;
        }

        return new IdMask(_size.Width, _size.Height, ids);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Draw(Span<byte> bgr)
    {
        var disc = Disc(_frames.Count);
        var at = 0;
        for (var y = 0; y < _size.Height; y++)
        {
            for (var x = 0; x < _size.Width; x++, at += 3)
            {
                var light = ((x / 16) + (y / 16)) % 2 == 0 ? 24 : 0;
                var inside = disc.Covers(x, y);
                bgr[at] = (byte)(inside ? 40 : 120 + light);
                bgr[at + 1] = (byte)(inside ? 90 : 90 + light + (y * 40 / _size.Height));
                bgr[at + 2] = (byte)(inside ? 220 : 60 + light + (x * 60 / _size.Width));
            }
        }
    }

    // On a closed curve of 200 frames, below the number's blocks.
    private Circle Disc(long number)
    {
        var free = _size.Height - FrameNumberCode.Height;
        var radius = Math.Min(_size.Width, free) / 5;
        var angle = Moves ? number % 200 * Math.Tau / 200 : 0;
        return new Circle(
            (int)((_size.Width / 2) + (((_size.Width / 2) - radius) * 0.9 * Math.Sin(angle))),
            (int)(FrameNumberCode.Height + (free / 2) + (((free / 2) - radius) * 0.9 * Math.Sin(2 * angle))),
            radius);
    }

    private readonly record struct Circle(int X, int Y, int Radius)
    {
        public bool Covers(int x, int y) => ((x - X) * (x - X)) + ((y - Y) * (y - Y)) <= Radius * Radius;
    }
}
