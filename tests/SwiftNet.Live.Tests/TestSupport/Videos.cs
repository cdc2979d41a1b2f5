using SwiftNet.Live.Capture;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>Video files with a number in each picture.</summary>
internal static class Videos
{
    /// <summary>Encodes the test pattern with H.264 (the container goes by the path's extension).</summary>
    public static void FromPattern(string path, string pattern, params string[] options)
    {
        using var source = TestFrames.Pattern(pattern);
        using var raw = new MemoryStream();
        var (width, height) = (0, 0);
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                raw.Write(frame.Pixels.Array);
                (width, height) = (frame.Width, frame.Height);
            }
        }

        Ffmpeg.Encode(path, width, height, "bgr24", raw.ToArray(), ["-c:v", "libx264", "-pix_fmt", "yuv420p", .. options]);
    }

    /// <summary>The numbers in the pictures of a video of 160x96; null where a picture has none.</summary>
    public static long?[] Numbers(string path)
    {
        const int Size = 160 * 96 * 3;
        var decoded = Ffmpeg.Decode(path, "bgr24");
        return [.. Enumerable.Range(0, decoded.Length / Size).Select(n => FrameNumberCode.Read(decoded.AsSpan(n * Size, Size), 160, 96))];
    }

    /// <summary>The numbers of a video that keeps real time: each picture is of its time or, where frames were dropped, an earlier one,
    /// never a later one.</summary>
    public static IEnumerable<long> NumbersInRealTime(string path)
    {
        var numbers = Array.ConvertAll(Numbers(path), number => number!.Value);
        Assert.Equal(numbers.Order(), numbers);
        Assert.All(numbers, (number, n) => Assert.InRange(number, 0, n));
        return numbers.Distinct();
    }
}
