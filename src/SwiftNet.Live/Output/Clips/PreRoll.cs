namespace SwiftNet.Live.Output.Clips;

/// <summary>The last pictures before an event, limited by time and by bytes. Not thread-safe.</summary>
/// <param name="length">Length in media time.</param>
/// <param name="maxBytes">Maximum size of the JPEGs.</param>
internal sealed class PreRoll(TimeSpan length, long maxBytes)
{
    private readonly Queue<ClipPicture> _pictures = new();
    private long _bytes;

    /// <summary>The pictures, oldest first.</summary>
    public IReadOnlyCollection<ClipPicture> Pictures => _pictures;

    /// <summary>Adds the newest picture, which always stays, and removes those that are too old or too much.</summary>
    public void Add(ClipPicture picture)
    {
        _pictures.Enqueue(picture);
        _bytes += picture.Jpeg.Length;
        while (_pictures.Count > 1 && (_bytes > maxBytes || picture.At - _pictures.Peek().At > length))
        {
            _bytes -= _pictures.Dequeue().Jpeg.Length;
        }
    }

    /// <summary>Removes all pictures.</summary>
    public void Clear()
    {
        _pictures.Clear();
        _bytes = 0;
    }
}
