using TorchSharp;

namespace SwiftNet.Network;

/// <summary>One convolution with what belongs to it: bias or BatchNorm, stride, padding, dilation. Owns its tensors.</summary>
internal sealed class Convolution : IDisposable
{
    private readonly torch.Tensor _weight;
    private readonly torch.Tensor? _bias;
    private readonly BatchNorm? _batchNorm;
    private readonly FusedKernels? _fused;
    private readonly bool _asMatrix;
    private readonly bool _differentiable;
    private readonly int _stride;
    private readonly int _padding;
    private readonly int _dilation;
    private torch.Tensor? _packed;

    /// <summary>Takes over <paramref name="weight"/> <c>[out, in, k, k]</c>, <paramref name="bias"/> <c>[out]</c> and <paramref name="batchNorm"/>.</summary>
    public Convolution(string name, NetworkLayout layout, torch.Tensor weight, torch.Tensor? bias, BatchNorm? batchNorm, int stride, int padding, int dilation)
    {
        Name = name;
        _weight = weight;
        _bias = bias;
        _batchNorm = batchNorm;
        _stride = stride;
        _padding = padding;
        _dilation = dilation;

        // oneDNN's channels-last 1x1 kernels with 512 outputs and more get the last ones wrong or divide by zero (libtorch
        // 2.10, on a virtual machine that hides the size of its caches): these layers are the matrix product that they are.
        _asMatrix = weight.shape[2] == 1 && weight.shape[0] >= 512 && layout.ChannelsLast && layout.Device.type == DeviceType.CPU;
        _differentiable = layout.Differentiable;
        _fused = layout.Fused && !_asMatrix ? FusedKernels.Shared : null;
        if (_fused is not null)
        {
            _bias ??= torch.zeros([weight.shape[0]], weight.dtype).DetachFromDisposeScope();
        }

        MultiplyAddsPerPixel = weight.shape[0] * weight.shape[1] * weight.shape[2] * weight.shape[3];
    }

    /// <summary>The layer's name in the weights file.</summary>
    public string Name { get; }

    /// <summary>Multiply-adds for each output pixel, as the layer is defined (a rearranged kernel may do a few more).</summary>
    public long MultiplyAddsPerPixel { get; init; }

    /// <summary>Multiply-adds done so far.</summary>
    public long MultiplyAdds { get; set; }

    /// <summary>Convolves <c>[N, in, h, w]</c> and, where asked for, rectifies.</summary>
    /// <returns>A fresh tensor of the current dispose scope.</returns>
    public torch.Tensor Forward(torch.Tensor x, bool relu = false)
    {
        torch.Tensor y;
        if (_fused is null)
        {
            y = Plain(x);
            y = relu ? y.relu_() : y;
        }
        else
        {
            y = _fused.Run(x, Packed(_fused, x), _bias!, _padding, _stride, _dilation, relu);
        }

        MultiplyAdds += MultiplyAddsPerPixel * y.shape[0] * y.shape[2] * y.shape[3];
        return y;
    }

    /// <summary>other ← act(conv(x) + other), of the result's shape.</summary>
    /// <returns><paramref name="other"/>; where gradients are wanted a fresh tensor, and <paramref name="other"/> is left as it was.</returns>
    public torch.Tensor ForwardInto(torch.Tensor x, torch.Tensor other, bool relu = false)
    {
        if (_fused is null)
        {
            other = _differentiable ? other.add(Plain(x), Numbers.One) : other.add_(Plain(x), Numbers.One);
            _ = relu ? other.relu_() : other;
        }
        else
        {
            _fused.RunInto(x, other, Packed(_fused, x), _bias!, _padding, _stride, _dilation, relu);
        }

        MultiplyAdds += MultiplyAddsPerPixel * other.shape[0] * other.shape[2] * other.shape[3];
        return other;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _packed?.Dispose();
        _bias?.Dispose();
        _batchNorm?.Dispose();
    }

    private torch.Tensor Plain(torch.Tensor x)
    {
        var y = _asMatrix
            ? Matrix(x)
            : torch.nn.functional.conv2d(x, _weight, _bias, [_stride, _stride], [_padding, _padding], [_dilation, _dilation]);
        return _batchNorm is null ? y : _batchNorm.Forward(y);
    }

    private torch.Tensor Matrix(torch.Tensor x)
    {
        var pixels = x.slice(2, 0, x.shape[2], _stride).slice(3, 0, x.shape[3], _stride).permute(0, 2, 3, 1);
        return torch.nn.functional.linear(pixels, _weight.flatten(1), _bias).permute(0, 3, 1, 2);
    }

    // The order depends on the shape a little; one packed for another shape is put in order again by the kernel itself.
    private torch.Tensor Packed(FusedKernels kernels, torch.Tensor x) => _packed ??= kernels.Pack(_weight, _padding, _stride, _dilation, x);
}
