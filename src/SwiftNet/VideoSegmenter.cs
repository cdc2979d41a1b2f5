namespace SwiftNet;

/// <summary>One video's state: follows the objects of a first mask from frame to frame.</summary>
/// <remarks>Not thread-safe; use it from one thread at a time. Order of calls: Start, then Step and Write for every frame.</remarks>
public sealed class VideoSegmenter : IDisposable
{
    /// <summary>Most objects followed at once: ids 1 to 255.</summary>
    public const int MaxObjects = 255;

    private byte[] _stub = [];
    private byte[] _ids = [];
    private long _frame;

    /// <summary>Creates the state of one video; <paramref name="model"/> stays the caller's.</summary>
    public VideoSegmenter(SwiftNetModel model, MemoryOptions options)
    {
        _ = model;
        _ = options;
    }

    /// <summary>True between <see cref="Start"/> and <see cref="Reset"/>.</summary>
    public bool Started => _stub.Length > 0;

    /// <summary>How long the parts of the last step and write took.</summary>
    public PartTimes Times { get; }

    /// <summary>Memory pixels held for the object that has most, the first frame included, the previous one not.</summary>
    public int MemoryPixels { get; }

    /// <summary>Begins a video: the objects of <paramref name="mask"/> go whole into memory. The size of the mask is the size of every result.</summary>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public void Start(NetworkFrame frame, IdMask mask)
    {
        _stub = (byte[])mask.Ids.Clone();
        _ids = mask.Ids.Where(i => i > 0).Distinct().Order().ToArray();
        _frame = 0;
        _ = frame;
    }

    /// <summary>Adds the objects of <paramref name="mask"/> (ids not yet followed) on the frame of the last step or start; the others are left as they are.</summary>
    public void Add(IdMask mask)
    {
        for (var i = 0; i < _stub.Length; i++)
        {
            _stub[i] = mask.Ids[i] > 0 ? mask.Ids[i] : _stub[i];
        }

        _ids = _stub.Where(i => i > 0).Distinct().Order().ToArray();
    }

    /// <summary>Segments the next frame.</summary>
    /// <param name="frame">The picture, of the size given to <see cref="Start"/>.</param>
    /// <param name="ids">Receives an id a pixel, at the size of the mask given to <see cref="Start"/>.</param>
    public StepResult Step(NetworkFrame frame, Span<byte> ids)
    {
        _stub.CopyTo(ids);
        _ = frame;
        return new StepResult(++_frame, Array.ConvertAll(_ids, i => new ObjectConfidence(i, 0.9f)), WriteReason.None, 0);
    }

    /// <summary>Writes the frame of the last step to memory where that is due. To be called once after every step, when the mask is on its way.</summary>
    /// <returns>What was written, or null.</returns>
    public MemoryWrite? Write() => null;

    /// <summary>Forgets the video.</summary>
    public void Reset() => _stub = [];

    /// <inheritdoc/>
    public void Dispose() => Reset();
}
