using System.Text.Json.Serialization;
using SwiftNet.Sights;

namespace SwiftNet.Tracking;

/// <summary>The part of the camera's frame that the network processes, in camera pixels, and the size at which it processes them.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="NetworkWidth">Columns of the network's picture of it.</param>
/// <param name="NetworkHeight">Rows of the network's picture of it.</param>
/// <param name="FrameWidth">Columns of the whole frame.</param>
/// <param name="FrameHeight">Rows of the whole frame.</param>
public readonly record struct FrameWindow(
    int X,
    int Y,
    int Width,
    int Height,
    int NetworkWidth,
    int NetworkHeight,
    int FrameWidth,
    int FrameHeight)
{
    /// <summary>Whether it is the whole frame.</summary>
    [JsonIgnore]
    public bool IsWhole => Width == FrameWidth && Height == FrameHeight;

    /// <summary>Network pixels a camera pixel: 1 is the camera's own resolution, 0.33 a third of it a side.</summary>
    [JsonIgnore]
    public double Scale => Math.Sqrt((double)NetworkWidth * NetworkHeight / ((double)Width * Height));

    /// <summary>Pixels of the network's picture.</summary>
    [JsonIgnore]
    public int NetworkPixels => NetworkWidth * NetworkHeight;

    /// <summary>The same with the padding to multiples of 16 that the network adds.</summary>
    [JsonIgnore]
    public int PaddedPixels => (NetworkWidth + 15) / 16 * 16 * ((NetworkHeight + 15) / 16 * 16);

    /// <summary>The part of the frame.</summary>
    [JsonIgnore]
    public BoundingBox Box => new(X, Y, Width, Height);

    /// <summary>The whole frame at a network size.</summary>
    public static FrameWindow Whole(int frameWidth, int frameHeight, int networkWidth, int networkHeight) =>
        new(0, 0, frameWidth, frameHeight, networkWidth, networkHeight, frameWidth, frameHeight);

    /// <summary>Whether both show as much of the frame at the same network size: one can become the other by moving.</summary>
    public bool HasShapeOf(FrameWindow other) =>
        (Width, Height, NetworkWidth, NetworkHeight) == (other.Width, other.Height, other.NetworkWidth, other.NetworkHeight);

    /// <summary>The smallest part of the frame that holds both; its network size is this one's.</summary>
    public FrameWindow Union(FrameWindow other)
    {
        var (x, y) = (Math.Min(X, other.X), Math.Min(Y, other.Y));
        return this with
        {
            X = x,
            Y = y,
            Width = Math.Max(X + Width, other.X + other.Width) - x,
            Height = Math.Max(Y + Height, other.Y + other.Height) - y,
        };
    }

    /// <summary>The same window around another centre, as far as the frame's sides allow.</summary>
    public FrameWindow MoveTo(double centreX, double centreY) => this with
    {
        X = Math.Clamp((int)Math.Round(centreX - (Width / 2.0)), 0, FrameWidth - Width),
        Y = Math.Clamp((int)Math.Round(centreY - (Height / 2.0)), 0, FrameHeight - Height),
    };

    /// <summary>
    /// The same part of the picture where the frame has another size from now on: the old frame fits inside the new one with its aspect
    /// kept.
    /// </summary>
    /// <param name="frameWidth">Columns of the frames to come.</param>
    /// <param name="frameHeight">Rows of the frames to come.</param>
    public FrameWindow FitInto(int frameWidth, int frameHeight)
    {
        var scale = Math.Min((double)frameWidth / FrameWidth, (double)frameHeight / FrameHeight);
        var (left, top) = ((frameWidth - (FrameWidth * scale)) / 2, (frameHeight - (FrameHeight * scale)) / 2);
        var width = Math.Clamp((int)Math.Round(Width * scale), 1, frameWidth);
        var height = Math.Clamp((int)Math.Round(Height * scale), 1, frameHeight);
        return new FrameWindow(
            Math.Clamp((int)Math.Round(left + (X * scale)), 0, frameWidth - width),
            Math.Clamp((int)Math.Round(top + (Y * scale)), 0, frameHeight - height),
            width,
            height,
            NetworkWidth,
            NetworkHeight,
            frameWidth,
            frameHeight);
    }

    /// <summary>The window's part of a mask of the whole frame.</summary>
    public IdMask Cut(IdMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (IsWhole)
        {
            return mask;
        }

        var ids = new byte[Width * Height];
        for (var y = 0; y < Height; y++)
        {
            mask.Ids.AsSpan(((Y + y) * mask.Width) + X, Width).CopyTo(ids.AsSpan(y * Width, Width));
        }

        return new IdMask(Width, Height, ids);
    }

    /// <summary>What is seen of an object in a picture of the window, in the frame's units.</summary>
    /// <param name="pixels">The object's pixels in that picture.</param>
    /// <param name="x">Their mean column in it.</param>
    /// <param name="y">Their mean row in it.</param>
    /// <param name="confidence">Their mean probability.</param>
    /// <param name="width">The picture's columns.</param>
    /// <param name="height">The picture's rows.</param>
    internal Sighting Observe(double pixels, double x, double y, double confidence, int width, int height)
    {
        var (scaleX, scaleY) = ((double)Width / width, (double)Height / height);
        return Sighting.Of(pixels * scaleX * scaleY, X + (x * scaleX), Y + (y * scaleY), confidence, FrameWidth, FrameHeight) with
        {
            WindowShare = pixels / ((double)width * height),
        };
    }

    /// <summary>The same of a given mask of the window.</summary>
    internal Sighting Observe(IdMask mask, byte id)
    {
        var (pixels, x, y) = Sighting.Sum(mask, id);
        return Observe(pixels, pixels == 0 ? 0 : x / pixels, pixels == 0 ? 0 : y / pixels, 1, mask.Width, mask.Height);
    }
}
