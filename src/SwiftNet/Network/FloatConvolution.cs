using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>A convolution in a floating-point format, with its bias or BatchNorm.</summary>
internal sealed class FloatConvolution : Convolution
{
    /// <summary>Outputs from which on a 1x1 layer is computed as a matrix product.</summary>
    public const int MatrixOutputs = 512;

    private readonly torch.Tensor _weight;
    private readonly torch.Tensor? _bias;
    private readonly BatchNorm? _batchNorm;
    private readonly FusedKernels? _fused;
    private readonly bool _asMatrix;
    private readonly bool _differentiable;
    private readonly int _stride;
    private readonly int _padding;
    private readonly int _dilation;
    private readonly string _output;
    private readonly RangeRecorder? _recorder;
    private torch.Tensor? _packed;

    /// <summary>Takes over <paramref name="weight"/> <c>[out, in, k, k]</c>, <paramref name="bias"/> <c>[out]</c> and
    /// <paramref name="batchNorm"/>.</summary>
    public FloatConvolution(
        string name,
        NetworkLayout layout,
        torch.Tensor weight,
        torch.Tensor? bias,
        BatchNorm? batchNorm,
        ConvolutionShape shape,
        string output)
        : base(name)
    {
        _output = output;
        _recorder = layout.Recorder;
        _weight = weight;
        _bias = bias;
        _batchNorm = batchNorm;
        (_stride, _padding, _dilation) = shape;

        // oneDNN's channels-last 1x1 kernels with 512 outputs and more get the last ones wrong or divide by zero (libtorch
        // 2.10, on a virtual machine that hides the size of its caches): these layers are the matrix product that they are.
        _asMatrix = weight.shape[2] == 1 && weight.shape[0] >= MatrixOutputs && layout.ChannelsLast && layout.Device.type == DeviceType.CPU;
        _differentiable = layout.Differentiable;
        _fused = layout.Fused && !_asMatrix ? FusedKernels.Shared : null;
        if (_fused is not null)
        {
            _bias ??= torch.zeros([weight.shape[0]], weight.dtype).DetachFromDisposeScope();
        }

        MultiplyAddsPerPixel = weight.shape[0] * weight.shape[1] * weight.shape[2] * weight.shape[3];
    }

    /// <inheritdoc/>
    public override torch.Tensor Forward(torch.Tensor x, bool relu = false)
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

        Count(y);
        _recorder?.Record(_output, y);
        return y;
    }

    /// <inheritdoc/>
    public override torch.Tensor ForwardInto(torch.Tensor x, torch.Tensor other, bool relu = false)
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

        Count(other);
        _recorder?.Record(_output, other);
        return other;
    }

    /// <inheritdoc/>
    public override void Dispose()
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
