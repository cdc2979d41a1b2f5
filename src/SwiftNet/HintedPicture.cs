using System.Runtime.InteropServices;
using SwiftNet.Network;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet;

/// <summary>
/// One picture whose object is found from hints: of a rough mask only the cells that can be trusted go to memory, and the network decides
/// about every pixel of the same picture from those (match and decoder of paper 3.2.3, as if the picture were the next frame).
/// </summary>
/// <remarks>Not thread-safe. The picture is encoded once; each question then costs what one more object does.</remarks>
public sealed class HintedPicture : IDisposable
{
    /// <summary>Pixels a side of a cell: one memory pixel.</summary>
    public const int CellSide = PaddedSize.Stride;

    private static readonly Scalar s_keyScale = 1 / Math.Sqrt(KeyValueHead.KeyChannels);
    private static readonly Scalar s_epsilon = 1e-6;

    private readonly SwiftNetModel _model;
    private readonly PaddedSize _size;
    private readonly FrameFeatures _features;
    private readonly torch.Tensor _keys;
    private readonly torch.Tensor _values;
    private readonly torch.Tensor _stride8;
    private readonly torch.Tensor _stride4;

    /// <summary>Encodes a picture.</summary>
    /// <param name="model">The network; it stays the caller's.</param>
    /// <param name="picture">The picture; it is copied.</param>
    public HintedPicture(SwiftNetModel model, NetworkFrame picture)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _size = new PaddedSize(picture.Width, picture.Height);
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        using var input = new FrameInput(_size, model.Layout);
        _features = model.Encoder.Forward(input.Next(picture)).Detach();
        var query = model.QueryHead.Forward(_features.R4);
        _keys = query.Keys[0].mul(s_keyScale).DetachFromDisposeScope();
        _values = query.Values.DetachFromDisposeScope();
        var (stride8, stride4) = model.Decoder.Frame(_features);
        (_stride8, _stride4) = (stride8.DetachFromDisposeScope(), stride4.DetachFromDisposeScope());
    }

    /// <summary>Columns of the picture, in pixels.</summary>
    public int Width => _size.Width;

    /// <summary>Rows of the picture, in pixels.</summary>
    public int Height => _size.Height;

    /// <summary>Cells side by side; those at the rim reach over it.</summary>
    public int Columns => _size.PaddedWidth / CellSide;

    /// <summary>Cells on top of each other.</summary>
    public int Rows => _size.PaddedHeight / CellSide;

    /// <summary>The cell that a pixel is in, row by row.</summary>
    public int CellOf(int x, int y) => ((y + _size.Top) / CellSide * Columns) + ((x + _size.Left) / CellSide);

    /// <summary>The pixel in the middle of a cell; for one at the rim it may be beside the picture.</summary>
    public (int X, int Y) CentreOf(int cell) =>
        ((cell % Columns * CellSide) + (CellSide / 2) - _size.Left, (cell / Columns * CellSide) + (CellSide / 2) - _size.Top);

    /// <summary>The mean of a map in each cell, over the cell's part of the picture; a cell wholly beside it has 0.</summary>
    /// <param name="map">A value a pixel, row by row.</param>
    public float[] Means(ReadOnlySpan<float> map)
    {
        var (means, counts) = (new float[Columns * Rows], new int[Columns * Rows]);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var cell = CellOf(x, y);
                means[cell] += map[(y * Width) + x];
                counts[cell]++;
            }
        }

        for (var i = 0; i < means.Length; i++)
        {
            means[i] /= Math.Max(1, counts[i]);
        }

        return means;
    }

    /// <summary>How much each cell looks like the one of the given that it is most like: the cosine, -1 to 1, of the encoder's last
    /// features without what all cells have in common.</summary>
    /// <param name="cells">Numbers of cells, at least one.</param>
    public float[] Likeness(IReadOnlyList<int> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var features = _features.R4[0].flatten(1).t().to(torch.float32);
        features = features.sub(features.mean([0], keepdim: true));
        features = features.div(features.norm(1, keepdim: true).clamp_min(s_epsilon));
        using var chosen = Rows32(cells);
        using var best = features.mm(features.index_select(0, chosen).t()).amax([1]).cpu();
        return MemoryMarshal.Cast<byte, float>(best.bytes).ToArray();
    }

    /// <summary>The network's opinion of the object.</summary>
    /// <param name="mask">What is thought to be the object so far, 0 to 1 a pixel, row by row.</param>
    /// <param name="trusted">The cells where that is trusted; at least one.</param>
    /// <param name="probabilities">Receives the object's probability a pixel, row by row.</param>
    /// <exception cref="ArgumentException">A span has another size than the picture, or no cell is trusted.</exception>
    public void Ask(ReadOnlySpan<float> mask, IReadOnlyList<int> trusted, Span<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        Check(mask.Length, nameof(mask));
        Check(probabilities.Length, nameof(probabilities));
        ArgumentOutOfRangeException.ThrowIfZero(trusted.Count, nameof(trusted));
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var given = torch.zeros([1, 1, Height, Width]);
        mask.CopyTo(MemoryMarshal.Cast<byte, float>(given.bytes));
        var padded = pad(
            given.to(_keys.device),
            [_size.Left, _size.PaddedWidth - Width - _size.Left, _size.Top, _size.PaddedHeight - Height - _size.Top]);
        var memory = _model.Memorise(_features, padded, null);
        var chosen = Rows32(trusted);
        var keys = memory.Keys[0].index_select(0, chosen);
        var values = memory.Values[0].index_select(0, chosen);
        var read = _keys.mm(keys.t()).softmax(1).to(values.dtype).mm(values).unsqueeze(0);
        var joined = torch.cat([read, _values], 2).view(1, Rows, Columns, 2 * KeyValueHead.ValueChannels).permute(0, 3, 1, 2);
        var logits = Labels.UpSample(_model.Decoder.Forward(_model.Aspp.Forward(joined), _stride8, _stride4));
        using var found = SoftAggregation.Forward(logits.narrow(1, _size.Top, Height).narrow(2, _size.Left, Width)).contiguous().cpu();
        MemoryMarshal.Cast<byte, float>(found.bytes).CopyTo(probabilities);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _features.Dispose();
        _keys.Dispose();
        _values.Dispose();
        _stride8.Dispose();
        _stride4.Dispose();
    }

    private void Check(int length, string name)
    {
        if (length != Width * Height)
        {
            throw new ArgumentException($"A picture of {Width}x{Height} needs {Width * Height} values; {length} were given.", name);
        }
    }

    private torch.Tensor Rows32(IReadOnlyList<int> cells) => torch.tensor([.. cells], dtype: torch.int32, device: _keys.device);
}
