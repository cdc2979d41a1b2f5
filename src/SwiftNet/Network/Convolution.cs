using TorchSharp;

namespace SwiftNet.Network;

/// <summary>One convolution with what belongs to it: bias or BatchNorm, stride, padding, dilation. Owns its tensors.</summary>
internal sealed class Convolution : IDisposable
{
    private readonly torch.Tensor _weight;
    private readonly torch.Tensor? _bias;
    private readonly BatchNorm? _batchNorm;
    private readonly long[] _stride;
    private readonly long[] _padding;
    private readonly long[] _dilation;

    /// <summary>Takes over <paramref name="weight"/> <c>[out, in, k, k]</c>, <paramref name="bias"/> <c>[out]</c> and <paramref name="batchNorm"/>.</summary>
    public Convolution(string name, torch.Tensor weight, torch.Tensor? bias, BatchNorm? batchNorm, int stride, int padding, int dilation)
    {
        Name = name;
        _weight = weight;
        _bias = bias;
        _batchNorm = batchNorm;
        _stride = [stride, stride];
        _padding = [padding, padding];
        _dilation = [dilation, dilation];
        MultiplyAddsPerPixel = weight.shape[0] * weight.shape[1] * weight.shape[2] * weight.shape[3];
    }

    /// <summary>The layer's name in the weights file.</summary>
    public string Name { get; }

    /// <summary>Multiply-adds for each output pixel, as the layer is defined (a rearranged kernel may do a few more).</summary>
    public long MultiplyAddsPerPixel { get; init; }

    /// <summary>Multiply-adds done so far.</summary>
    public long MultiplyAdds { get; set; }

    /// <summary>Convolves <c>[N, in, h, w]</c>. The result belongs to the current dispose scope and is fresh, so it may be changed in place.</summary>
    public torch.Tensor Forward(torch.Tensor x)
    {
        var y = torch.nn.functional.conv2d(x, _weight, _bias, _stride, _padding, _dilation);
        MultiplyAdds += MultiplyAddsPerPixel * y.shape[0] * y.shape[2] * y.shape[3];
        return _batchNorm is null ? y : _batchNorm.Forward(y);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _bias?.Dispose();
        _batchNorm?.Dispose();
    }
}
