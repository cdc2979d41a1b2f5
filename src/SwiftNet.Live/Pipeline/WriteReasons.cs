namespace SwiftNet.Live.Pipeline;

/// <summary>Memory writes, by reason. One thread counts, any may read.</summary>
internal sealed class WriteReasons
{
    private readonly long[] _counts = new long[Enum.GetValues<WriteReason>().Length];

    /// <summary>Every reason that there is, with its word and its count.</summary>
    public IEnumerable<(string Reason, long Count)> All =>
        Enum.GetValues<WriteReason>()
            .Where(reason => reason != WriteReason.None)
            .Select(reason => (reason.ToString().ToLowerInvariant(), Interlocked.Read(ref _counts[(int)reason])));

    /// <summary>A frame was written.</summary>
    public void Add(WriteReason reason) => Interlocked.Increment(ref _counts[(int)reason]);
}
