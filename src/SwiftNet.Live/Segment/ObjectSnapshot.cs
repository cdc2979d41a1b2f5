using System.IO.Compression;
using System.Text.Json;
using SwiftNet.Imaging.Palettes;

namespace SwiftNet.Live.Segment;

/// <summary>What a camera follows at one moment: its objects and their mask. As bytes: one line of JSON, then the mask's ids,
/// deflated.</summary>
/// <param name="Frame">The frame's number.</param>
/// <param name="Width">Columns of the mask, in pixels.</param>
/// <param name="Height">Rows of the mask.</param>
/// <param name="Objects">The objects, in order of id.</param>
internal sealed record ObjectSnapshot(long Frame, int Width, int Height, IReadOnlyList<SnapshotObject> Objects)
{
    private const int LongestHead = 1 << 20;

    /// <summary>An id a pixel, row by row.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public byte[] Ids { get; init; } = [];

    /// <summary>Of a frame's objects, named by their ids.</summary>
    public static ObjectSnapshot Of(long frame, int width, int height, IEnumerable<byte> objects, byte[] ids) =>
        new(frame, width, height, [.. objects.Select(SnapshotObject.Of)]) { Ids = ids };

    /// <summary>As bytes.</summary>
    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        JsonSerializer.Serialize(bytes, this);
        bytes.WriteByte((byte)'\n');
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(Ids);
        }

        return bytes.ToArray();
    }

    /// <summary>From bytes.</summary>
    /// <exception cref="InvalidDataException">They are no snapshot.</exception>
    public static ObjectSnapshot Read(byte[] bytes)
    {
        var end = Array.IndexOf(bytes, (byte)'\n', 0, Math.Min(bytes.Length, LongestHead));
        try
        {
            var head = JsonSerializer.Deserialize<ObjectSnapshot>(bytes.AsSpan(0, Math.Max(0, end)))
                ?? throw new InvalidDataException("it has no head");
            if (head.Width is < 1 or > 1 << 14 || head.Height is < 1 or > 1 << 14)
            {
                throw new InvalidDataException($"its mask is {head.Width}x{head.Height}");
            }

            var ids = new byte[head.Width * head.Height];
            using var deflate = new DeflateStream(new MemoryStream(bytes, end + 1, bytes.Length - end - 1), CompressionMode.Decompress);
            deflate.ReadExactly(ids);
            return head with { Ids = ids };
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException)
        {
            throw new InvalidDataException($"it is no snapshot: {e.Message}", e);
        }
    }

    /// <summary>The mask at a frame's size, nearest pixels.</summary>
    public IdMask At(int width, int height)
    {
        var ids = new byte[width * height];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = Ids[(i / width * Height / height * Width) + (i % width * Width / width)];
        }

        return new IdMask(width, height, ids);
    }
}

/// <summary>An object of a snapshot.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Colour">Its colour, <c>#rrggbb</c>.</param>
internal sealed record SnapshotObject(byte Id, string Name, string Colour)
{
    /// <summary>An object without a name.</summary>
    public static SnapshotObject Of(byte id)
    {
        var (r, g, b) = OverlayColours.Of(id);
        return new(id, $"object {id}", $"#{r:x2}{g:x2}{b:x2}");
    }
}
