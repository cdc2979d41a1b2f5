namespace SwiftNet.Live.Pipeline;

/// <summary>The ledger at one moment.</summary>
/// <param name="Captured">Frames that left the source.</param>
/// <param name="Written">Frames that every sink took.</param>
/// <param name="Failed">Frames that were lost to a broken stage or sink.</param>
/// <param name="Causes">Why a frame may be dropped on this way.</param>
/// <param name="DroppedByCause">Dropped frames, by <see cref="DropCause"/>.</param>
internal sealed record LedgerSnapshot(
    long Captured, long Written, long Failed, IReadOnlyList<DropCause> Causes, IReadOnlyList<long> DroppedByCause)
{
    /// <summary>Frames dropped for any cause.</summary>
    public long Dropped => DroppedByCause.Sum();

    /// <summary>Frames captured that have not ended yet: 0 once the pipeline has drained, and then the ledger balances.</summary>
    public long Balance => Captured - Written - Dropped - Failed;

    /// <summary>Every count with its name, in the order to be shown.</summary>
    public IEnumerable<(string Name, long Count)> Terms =>
    [
        ("captured", Captured), ("written", Written), .. Causes.Select(c => (Words(c), DroppedByCause[(int)c])), ("failed", Failed),
        ("in flight", Balance),
    ];

    /// <inheritdoc/>
    public override string ToString()
    {
        var causes = Causes.Where(c => DroppedByCause[(int)c] > 0).Select(c => $"{Words(c)} {DroppedByCause[(int)c]}");
        var dropped = Dropped == 0 ? "dropped 0" : $"dropped {Dropped} ({string.Join(", ", causes)})";
        var open = Balance == 0 ? "" : $"; {Balance} unaccounted for";
        return $"captured {Captured} = written {Written} + {dropped} + failed {Failed}{open}";
    }

    /// <summary>A cause as it is shown.</summary>
    public static string Words(DropCause cause) => cause switch
    {
        DropCause.OvertakenBeforePreprocess => "overtaken before preprocess",
        DropCause.OvertakenBeforeSegment => "overtaken before segment",
        DropCause.OvertakenBeforeOutput => "overtaken before output",
        DropCause.OvertakenBeforeShow => "overtaken before show",
        DropCause.Fenced => "fenced",
        _ => cause.ToString(),
    };
}
