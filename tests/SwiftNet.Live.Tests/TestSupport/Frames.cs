using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Pipeline;
using SwiftNet.Tracking;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>Frames as segment hands them to the output.</summary>
internal static class Frames
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A frame of one colour, captured so many seconds after the clock's origin; its media time is the same.</summary>
    public static Frame Plain(
        int width, int height, (byte B, byte G, byte R) colour, long number = 0, double seconds = 0, PixelAspect? aspect = null)
    {
        var pixels = PooledArray<byte>.Rent(3 * width * height);
        for (var i = 0; i < pixels.Array.Length; i += 3)
        {
            (pixels.Array[i], pixels.Array[i + 1], pixels.Array[i + 2]) = colour;
        }

        return new Frame
        {
            Number = number,
            Name = $"{number:D5}",
            CapturedAt = (long)(seconds * TimeProvider.System.TimestampFrequency),
            CapturedTime = Noon.AddMilliseconds(40 * number),
            MediaTime = TimeSpan.FromSeconds(seconds),
            Width = width,
            Height = height,
            PixelAspect = aspect ?? PixelAspect.Square,
            Pixels = pixels,
            NetworkWidth = width,
            NetworkHeight = height,
        };
    }

    /// <summary>Gives the frame its mask.</summary>
    public static Frame With(
        this Frame frame, byte[] ids, WriteReason write = WriteReason.None, IdMask? cells = null, params ObjectConfidence[] objects)
    {
        var rented = PooledArray<byte>.Rent(ids.Length);
        ids.CopyTo(rented.Array, 0);
        frame.Mask = new FrameMask { Ids = rented, Region = MaskRegion.Whole(frame.Width, frame.Height), Objects = objects, Age = TimeSpan.FromMilliseconds(12.5), CapturedAt = frame.CapturedAt, Write = write, Written = cells is null ? [] : [new WindowWrite(FrameWindow.Whole(frame.Width, frame.Height, frame.NetworkWidth, frame.NetworkHeight), new MemoryWrite(0, write, 0, cells))] };
        return frame;
    }

    /// <summary>The same frame, one of whose objects is not looked for.</summary>
    public static Frame LeavingOut(this Frame frame)
    {
        var mask = frame.Mask!;
        frame.Mask = new FrameMask
        {
            Ids = mask.Ids,
            Region = mask.Region,
            Objects = mask.Objects,
            Age = mask.Age,
            CapturedAt = mask.CapturedAt,
            Write = mask.Write,
            LeavesOut = true,
        };
        return frame;
    }

    /// <summary>The same frame with names and colours for its objects.</summary>
    public static Frame Dressed(this Frame frame, params (byte Id, string? Name, (byte R, byte G, byte B)? Colour)[] looks)
    {
        var mask = frame.Mask!;
        frame.Mask = new FrameMask
        {
            Ids = mask.Ids,
            Region = mask.Region,
            Objects = mask.Objects,
            Age = mask.Age,
            CapturedAt = mask.CapturedAt,
            Write = mask.Write,
            Looks = new ObjectStyles(looks),
        };
        return frame;
    }

    /// <summary>A mask with one box of one id.</summary>
    public static byte[] Box(int width, int height, byte id, int left, int top, int boxWidth, int boxHeight)
    {
        var ids = new byte[width * height];
        for (var y = top; y < top + boxHeight; y++)
        {
            ids.AsSpan((y * width) + left, boxWidth).Fill(id);
        }

        return ids;
    }
}
