namespace SwiftNet.Imaging.Png;

/// <summary>The rows of a PNG, inflated one at a time and freed from their filters.</summary>
internal sealed class PngRows(Stream inflated, PngHeader header)
{
    private readonly byte[] _filter = new byte[1];
    private byte[] _above = new byte[header.Stride];
    private byte[] _row = new byte[header.Stride];

    /// <summary>The next row; valid until the one after it is read.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    /// <exception cref="EndOfStreamException">The file ends before it.</exception>
    public ReadOnlySpan<byte> Next()
    {
        (_above, _row) = (_row, _above);
        Inflate(_filter);
        Inflate(_row);
        Unfilter(_filter[0], _row, _above, header.FilterStep);
        return _row;
    }

    /// <summary>Reads to the end of the compressed pixels, where their checksum is.</summary>
    /// <exception cref="InvalidDataException">It does not agree.</exception>
    public void Finish()
    {
        try
        {
            _ = inflated.ReadAtLeast(_filter, 1, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("is damaged: the checksum of its pixels does not agree", e);
        }
    }

    private void Inflate(Span<byte> bytes)
    {
        try
        {
            inflated.ReadExactly(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("is damaged: its compressed pixels cannot be read", e);
        }
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 0:
                return;
            case 1:
                for (var i = step; i < row.Length; i++)
                {
                    row[i] += row[i - step];
                }

                return;
            case 2:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                return;
            case 3:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < step ? 0 : row[i - step]) + above[i]) / 2);
                }

                return;
            case 4:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += i < step ? above[i] : Paeth(row[i - step], above[i], above[i - step]);
                }

                return;
            default:
                throw new InvalidDataException("is damaged: a row has an unknown filter");
        }
    }

    private static byte Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
