namespace SwiftNet.Training.Clips;

/// <summary>Selects the video frames of a clip.</summary>
/// <param name="nearShare">Share of gaps of one or two frames, whatever the largest gap is.</param>
/// <param name="farShare">Share of clips whose first frame is far from the others.</param>
internal sealed class FramePicker(double nearShare, double farShare)
{
    private const int Near = 2, Attempts = 50;

    /// <summary>
    /// Draws frame indices. The first frame shows an object. A large step may only lie between the first and the second frame: at the
    /// video's
    /// end or at a large step the clip reverses its direction, or repeats the frame if it cannot.
    /// </summary>
    /// <param name="video">The video.</param>
    /// <param name="count">Number of frames.</param>
    /// <param name="skip">The largest gap.</param>
    /// <param name="random">The random generator.</param>
    public int[] Draw(VideoSequence video, int count, int skip, Random random)
    {
        var frames = video.LargeSteps is not null || video.Length < count || random.NextDouble() < farShare
            ? Reference(video, count, skip, random)
            : InOrder(video, count, skip, random);
        if (frames is not null)
        {
            return frames;
        }

        var shown = Array.FindIndex(video.Objects, o => o.Length > 0);
        return [.. Enumerable.Repeat(shown, count)];
    }

    /// <summary>
    /// For each frame of a clip, the frame that a tracker would know when it places its window: the neighbouring video frame before it, in
    /// the
    /// clip's direction of time.
    /// </summary>
    /// <returns>Frame indices; the first frame, and a frame after a large step, map to themselves.</returns>
    public static int[] Known(VideoSequence video, int[] frames)
    {
        var known = (int[])frames.Clone();
        for (var t = 1; t < frames.Length; t++)
        {
            var back = Math.Sign(frames[t - 1] - frames[t]);
            known[t] = frames[t] + (CanGo(video, frames[t], back) ? back : 0);
        }

        return known;
    }

    /// <summary>Frames in forward or backward order.</summary>
    private int[]? InOrder(VideoSequence video, int count, int skip, Random random)
    {
        skip = Math.Clamp(skip, 1, Math.Max(1, (video.Length - 1) / Math.Max(1, count - 1)));
        var gaps = new int[count - 1];
        for (var i = 0; i < gaps.Length; i++)
        {
            gaps[i] = Gap(skip, random);
        }

        var span = gaps.Sum();
        var backwards = random.Next(2) == 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var start = random.Next(video.Length - span);
            var frames = new int[count];
            frames[0] = backwards ? start + span : start;
            for (var i = 1; i < count; i++)
            {
                frames[i] = frames[i - 1] + (backwards ? -gaps[i - 1] : gaps[i - 1]);
            }

            if (video.Objects[frames[0]].Length > 0)
            {
                return frames;
            }
        }

        return null;
    }

    /// <summary>Any frame as reference, then frames close to each other; the first of them shows the same object if possible.</summary>
    private int[]? Reference(VideoSequence video, int count, int skip, Random random)
    {
        var shown = Enumerable.Range(0, video.Length).Where(i => video.Objects[i].Length > 0).ToArray();
        if (shown.Length == 0)
        {
            return null;
        }

        var frames = new int[count];
        frames[0] = shown[random.Next(shown.Length)];
        if (count == 1)
        {
            return frames;
        }

        var ids = video.Objects[frames[0]].Select(o => o.Id).ToArray();
        var others = Array.FindAll(shown, i => i != frames[0] && Array.Exists(video.Objects[i], o => ids.Contains(o.Id)));
        frames[1] = others.Length == 0 ? frames[0] : others[random.Next(others.Length)];
        var direction = random.Next(2) == 0 ? 1 : -1;
        for (var i = 2; i < count; i++)
        {
            var gap = video.LargeSteps is null ? Gap(skip, random) : 1;
            direction = CanGo(video, frames[i - 1], direction * gap) ? direction : -direction;
            frames[i] = frames[i - 1] + (CanGo(video, frames[i - 1], direction * gap) ? direction * gap : 0);
        }

        return frames;
    }

    private int Gap(int skip, Random random) => random.Next(1, 1 + (random.NextDouble() < nearShare ? Math.Min(skip, Near) : skip));

    private static bool CanGo(VideoSequence video, int from, int by)
    {
        var (first, last) = by < 0 ? (from + by, from) : (from, from + by);
        return first >= 0 && last < video.Length
            && (video.LargeSteps is null || !video.LargeSteps.AsSpan(first, last - first).Contains(true));
    }
}
