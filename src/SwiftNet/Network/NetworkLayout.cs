using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>How the network's tensors lie and in which format they are; decides speed, never the maths.</summary>
/// <param name="Device">Where they are.</param>
/// <param name="Type">The convolutions' number format.</param>
/// <param name="ChannelsLast">Weights and maps with channels innermost, which CPU and GPU kernels read fastest.</param>
/// <param name="Folded">BatchNorm folded into the convolution before it.</param>
/// <param name="Differentiable">For training: what a gradient is computed from is not overwritten, and gradients reach the weights.</param>
internal sealed record NetworkLayout(
    torch.Device Device, torch.ScalarType Type, bool ChannelsLast = true, bool Folded = true, bool Differentiable = false)
{
    /// <summary>Set for an 8-bit network: convolutions run on bytes, and <see cref="Type"/> is the format of what is left.</summary>
    public Int8Format? Int8 { get; init; }

    /// <summary>The format of the values in memory where it is another than <see cref="Type"/>.</summary>
    public torch.ScalarType? OwnValueType { get; init; }

    /// <summary>The format of the values in memory; keys are float32.</summary>
    public torch.ScalarType ValueType => OwnValueType ?? Type;

    /// <summary>Where a calibration records the range of each activation; null for nowhere.</summary>
    public RangeRecorder? Recorder { get; init; }

    /// <summary>The name of the convolutions' number format.</summary>
    public string Format => Int8 is null ? Type.ToString().ToLowerInvariant() : "int8";

    /// <summary>Whether convolutions run prepacked and fused with what follows them: on a CPU, unless plain ones are asked for.</summary>
    public bool Fused => Device.type == DeviceType.CPU && ChannelsLast && Folded && !Differentiable;

    /// <summary>A tensor of this device, format and, where it is a map or a convolution's weight, memory order. The result is the
    /// caller's.</summary>
    public torch.Tensor Place(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        var placed = tensor.to(Type, Device);
        if (placed.dim() == 4)
        {
            // TorchSharp has no contiguous(memory_format); this is the same.
            placed = ChannelsLast ? placed.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : placed.contiguous();
        }

        return (ReferenceEquals(placed, tensor) ? placed.alias() : placed).DetachFromDisposeScope();
    }
}
