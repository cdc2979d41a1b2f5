using System.IO.Compression;

namespace SwiftNet.Imaging.Png;

/// <summary>Masks as PNG: read from palette, greyscale or coloured files, written as 8-bit palette files in DAVIS's colours (OpenCV does
/// neither with palettes).</summary>
internal static class IndexedPng
{
    private const int MaxFileMegabytes = 256;

    /// <summary>Reads the ids of a mask: palette indices, grey values (a file of only black and white is background and object 1), DAVIS
    /// colours, or black and one colour.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, is damaged, or is no mask.</exception>
    public static IdMask Read(string path) => ReadPicture(path).Mask;

    /// <summary>Reads the ids in the same way, and what the file says of their colours.</summary>
    /// <inheritdoc cref="Read"/>
    public static MaskPicture ReadPicture(string path)
    {
        try
        {
            if (new FileInfo(path).Length >> 20 >= MaxFileMegabytes)
            {
                throw new InvalidDataException($"is larger than {MaxFileMegabytes} MB, too large for a mask");
            }

            var (header, palette, compressed) = PngChunks.Read(File.ReadAllBytes(path));
            using var inflated = new ZLibStream(compressed, CompressionMode.Decompress);
            var rows = new PngRows(inflated, header);
            var ids = header.Channels < 3
                ? IdRows.Read(rows, header, out var isBlackAndWhite)
                : ColourIds.Read(rows, header, out isBlackAndWhite);
            rows.Finish();
            return new MaskPicture(
                new IdMask(header.Width, header.Height, ids),
                palette,
                IsGrey: header.Channels < 3 && header.ColourType != PngHeader.Palette,
                isBlackAndWhite);
        }
        catch (EndOfStreamException e)
        {
            throw new UserErrorException($"Mask {path} is cut short; make or copy it again.", e);
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException($"Mask {path} {e.Message}.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"Mask {path} does not exist; name an existing PNG.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Mask {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes <paramref name="mask"/>.</summary>
    /// <inheritdoc cref="Write(string, int, int, ReadOnlySpan{byte})"/>
    public static void Write(string path, IdMask mask) => Write(path, mask.Width, mask.Height, mask.Ids);

    /// <summary>Writes a mask of <paramref name="width"/> times <paramref name="height"/> ids, row by row, beside its place and then into
    /// it.</summary>
    /// <exception cref="IOException">It could not be written; what was under <paramref name="path"/> before is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public static void Write(string path, int width, int height, ReadOnlySpan<byte> ids) =>
        WriteFile(path, width, height, ids, PngHeader.Palette);

    /// <summary>Writes grey values, 0 black and 255 white, in the same way.</summary>
    /// <inheritdoc cref="Write(string, int, int, ReadOnlySpan{byte})"/>
    public static void WriteGrey(string path, int width, int height, ReadOnlySpan<byte> values) =>
        WriteFile(path, width, height, values, PngHeader.Grey);

    private static void WriteFile(string path, int width, int height, ReadOnlySpan<byte> pixels, int colourType)
    {
        var part = PartFile.Beside(path);
        try
        {
            using (var file = File.Create(part.PartPath))
            {
                PngWriter.Write(file, width, height, pixels, colourType);
            }

            part.Commit();
        }
        catch
        {
            part.Discard();
            throw;
        }
    }
}
