using TorchSharp;

namespace SwiftNet.Network.Int8;

/// <summary>
/// An 8x8 convolution of stride 2 over few channels as a 4x1 convolution of stride 1 over 16 times as many: the 2 rows of 8 pixels
/// that one row of the kernel covers lie side by side as channels.
/// </summary>
/// <remarks>The layers over a picture and over a mask, see <see cref="Int8Convolution"/> for why they need more channels.</remarks>
internal static class StridedKernel
{
    private const int Side = 8, Stride = 2;

    /// <summary>The rearranged weight <c>[out, 16·c, 4, 1]</c> of a weight <c>[out, c, 8, 8]</c>.</summary>
    public static torch.Tensor Weight(torch.Tensor weight)
    {
        var (outputs, channels) = (weight.shape[0], weight.shape[1]);
        return weight.view(outputs, channels, Side / Stride, Stride, Side).permute(0, 3, 4, 1, 2).reshape(outputs, -1, Side / Stride, 1);
    }

    /// <summary>The rearranged input <c>[N, 16·c, h/2, w/2 − 3]</c> of a map <c>[N, c, h, w]</c>, channels innermost in both.</summary>
    public static torch.Tensor Map(torch.Tensor map)
    {
        var (count, channels, height, width) = (map.shape[0], map.shape[1], map.shape[2], map.shape[3]);
        var (rows, columns, line) = (height / Stride, ((width - Side) / Stride) + 1, width * channels);
        return map.permute(0, 2, 3, 1).contiguous()
            .as_strided([count, rows, columns, Stride, Side * channels], [height * line, Stride * line, Stride * channels, line, 1])
            .contiguous().view(count, rows, columns, -1).permute(0, 3, 1, 2);
    }
}
