namespace SwiftNet.Imaging;

/// <summary>Orders names as people number them: 1, 2, 10. Runs of digits compare by their value, everything else by its code; equal values
/// by the fewer leading zeros.</summary>
internal sealed class NaturalOrder : IComparer<string?>
{
    /// <summary>The order.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var a = x.AsSpan();
        var b = y.AsSpan();
        while (a.Length > 0 && b.Length > 0)
        {
            var difference = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? CompareNumbers(ref a, ref b)
                : CompareCharacters(ref a, ref b);
            if (difference != 0)
            {
                return difference;
            }
        }

        return a.Length != b.Length ? a.Length - b.Length
            : x.Length != y.Length ? x.Length - y.Length
            : string.CompareOrdinal(x, y);
    }

    private static int CompareCharacters(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var difference = a[0] - b[0];
        a = a[1..];
        b = b[1..];
        return difference;
    }

    // Of any length: times in nanoseconds are longer than an integer.
    private static int CompareNumbers(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var first = TakeNumber(ref a);
        var second = TakeNumber(ref b);
        return first.Length != second.Length ? first.Length - second.Length : first.SequenceCompareTo(second);
    }

    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
