using SwiftNet.Memory;

namespace SwiftNet.Network;

/// <summary>
/// The frames that objects were given or put right on, in the order of time: an object's first is its first frame, the others are its
/// trusted references. Owns them.
/// </summary>
internal sealed class GivenFrames : IDisposable
{
    private readonly List<FirstFrame> _frames = [];

    /// <summary>The frames, in the order of time.</summary>
    public IReadOnlyList<FirstFrame> All => _frames;

    /// <summary>Takes a frame over. Where an object has too many references now, the oldest of them goes, as it does from memory.</summary>
    public void Add(FirstFrame frame)
    {
        _frames.Add(frame);
        foreach (var id in frame.Ids)
        {
            var own = _frames.FindAll(f => f.Ids.Contains(id));
            if (own.Count > 1 + ObjectMemory.MaxReferences)
            {
                Drop(own[1], id);
            }
        }
    }

    /// <summary>Forgets what was given of an object; a frame without an object is dropped.</summary>
    public void Remove(byte id)
    {
        foreach (var frame in _frames.FindAll(f => f.Ids.Contains(id)))
        {
            Drop(frame, id);
        }
    }

    /// <summary>Adds copies of another video's frames of one object.</summary>
    public void AddCopies(GivenFrames others, byte id)
    {
        foreach (var frame in others._frames.FindAll(f => f.Ids.Contains(id)))
        {
            _frames.Add(frame.Of([id]));
        }
    }

    /// <summary>Takes all of another video's frames over; none is left there.</summary>
    public void Take(GivenFrames others)
    {
        _frames.AddRange(others._frames);
        others._frames.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var frame in _frames)
        {
            frame.Dispose();
        }

        _frames.Clear();
    }

    private void Drop(FirstFrame frame, byte id)
    {
        var at = _frames.IndexOf(frame);
        if (frame.Ids.Length > 1)
        {
            _frames[at] = frame.Of(Array.FindAll(frame.Ids, other => other != id));
        }
        else
        {
            _frames.RemoveAt(at);
        }

        frame.Dispose();
    }
}
