using SwiftNet.Tracking;

namespace SwiftNet;

/// <content>The masks of all windows as one.</content>
public sealed partial class WindowedSegmenter
{
    // The scale of each object's window.
    private readonly double[] _scales = new double[256];

    /// <summary>The smallest part of the frame that holds every window of the last step; the masks are zero outside.</summary>
    public FrameWindow Part
    {
        get
        {
            var policy = Running();
            if (_trackers.Count == 0)
            {
                return policy.Whole;
            }

            var part = _trackers[0].Window;
            foreach (var tracker in _trackers)
            {
                part = part.Union(tracker.Window);
            }

            return part;
        }
    }

    /// <summary>The last step's mask of the whole frame, an id a camera pixel.</summary>
    /// <param name="ids">Receives it.</param>
    public void CopyIds(Span<byte> ids) => CopyIds(ids, Running().Whole);

    /// <summary>The last step's mask in a part of the frame, an id a camera pixel.</summary>
    /// <param name="ids">Receives it, row by row.</param>
    /// <param name="part">The part.</param>
    public void CopyIds(Span<byte> ids, FrameWindow part)
    {
        ids = ids[..(part.Width * part.Height)];
        if (_trackers is [var only] && only.Window.Box == part.Box)
        {
            only.Ids.CopyTo(ids);
            return;
        }

        ids.Clear();
        foreach (var tracker in _trackers)
        {
            foreach (var (id, _) in tracker.Histories)
            {
                _scales[id] = tracker.Window.Scale;
            }
        }

        foreach (var tracker in _trackers)
        {
            Paste(tracker, ids, part);
        }
    }

    // Where two windows overlap, the one that sees a pixel as an object's own shows it; of two objects, the one seen more closely.
    private void Paste(WindowTracker tracker, Span<byte> ids, FrameWindow part)
    {
        var window = tracker.Window;
        var (left, right) = (Math.Max(window.X, part.X), Math.Min(window.X + window.Width, part.X + part.Width));
        var (top, bottom) = (Math.Max(window.Y, part.Y), Math.Min(window.Y + window.Height, part.Y + part.Height));
        for (var y = top; y < bottom && left < right; y++)
        {
            var from = tracker.Ids.Slice(((y - window.Y) * window.Width) + left - window.X, right - left);
            var to = ids.Slice(((y - part.Y) * part.Width) + left - part.X, right - left);
            for (var x = from.IndexOfAnyExcept((byte)0); x >= 0 && x < from.Length; x++)
            {
                if (from[x] != 0 && (to[x] == 0 || _scales[to[x]] < window.Scale))
                {
                    to[x] = from[x];
                }
            }
        }
    }
}
