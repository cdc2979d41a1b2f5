using System.Runtime.InteropServices;
using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Brings frames to the device and makes the network's input of them; keeps the last two for the trigger. All buffers are made
/// once.</summary>
internal sealed class FrameInput : IDisposable
{
    // ImageNet's statistics, network.md "Input".
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] s_deviation = [0.229f, 0.224f, 0.225f];

    // An 8-bit network gets the picture's own bytes: its first weights take the normalisation in, and its padding, which is
    // the mean colour then, comes with the picture. That is the first convolution's, 7x7.
    private const int Border = 3;
    private static readonly Scalar s_steps = (float)Quantization.Largest;

    private readonly bool _inBytes;
    private readonly torch.Tensor _mean;
    private readonly torch.Tensor _deviation;
    private readonly torch.Tensor _input;
    private readonly torch.Tensor _inside;
    private readonly torch.Tensor? _pinned;

    /// <summary>Makes the buffers for frames of one size.</summary>
    public FrameInput(PaddedSize size, NetworkLayout layout)
    {
        Size = size;
        using var scope = torch.NewDisposeScope();
        _mean = torch.tensor(s_mean, 3, 1, 1).to(layout.Device).DetachFromDisposeScope();
        _deviation = torch.tensor(s_deviation, 3, 1, 1).to(layout.Device).DetachFromDisposeScope();

        _inBytes = layout.Int8 is not null;
        _input = _inBytes ? Bytes(size) : Normalised(size, layout);
        var border = _inBytes ? Border : 0;
        _inside = _input.narrow(2, size.Top + border, size.Height).narrow(3, size.Left + border, size.Width).DetachFromDisposeScope();
        Current = torch.zeros([3, size.Height, size.Width], device: layout.Device).DetachFromDisposeScope();
        Previous = torch.zeros_like(Current).DetachFromDisposeScope();
        if (layout.Device.type == DeviceType.CUDA)
        {
            _pinned = torch.zeros([3, size.Height, size.Width]).pin_memory().DetachFromDisposeScope();
        }
    }

    /// <summary>The frames' size.</summary>
    public PaddedSize Size { get; }

    /// <summary>The frame given last, R, G, B in [0, 1], float32 <c>[3, height, width]</c>.</summary>
    public torch.Tensor Current { get; private set; }

    /// <summary>The frame before it.</summary>
    public torch.Tensor Previous { get; private set; }

    /// <summary>The first convolution for bytes in place of normalised numbers.</summary>
    /// <param name="weight">Its weight <c>[out, 3, 7, 7]</c>.</param>
    /// <param name="bias">Its bias <c>[out]</c>.</param>
    /// <param name="largestWeight">The largest 8-bit weight.</param>
    /// <returns>Weight and bias for <see cref="Next(NetworkFrame)"/>'s bytes, without padding; of the current dispose scope.</returns>
    public static (torch.Tensor Weight, torch.Tensor Bias) TakeNormalisation(torch.Tensor weight, torch.Tensor bias, int largestWeight)
    {
        var scale = torch.tensor(s_deviation, 1, 3, 1, 1).mul_(s_steps);
        var taken = weight.div(scale);

        // The mean is subtracted as the rounded weights see it, so that their error does not grow with the picture's brightness.
        using var rounded = Int8Weight.Of(taken, largestWeight);
        var mean = torch.tensor(s_mean, 1, 3, 1, 1).mul_(s_steps);
        return (taken, bias.sub(rounded.Rounded().mul_(mean).sum([1, 2, 3])));
    }

    /// <summary>
    /// Takes a frame over and returns the network's input, which stays this object's and holds until the next call: normalised <c>[1, 3, H,
    /// W]</c>, or for an 8-bit network bytes <c>[1, 3, H + 6, W + 6]</c>, with the first convolution's padding around them.
    /// </summary>
    public torch.Tensor Next(NetworkFrame frame)
    {
        (Current, Previous) = (Previous, Current);
        frame.Planes.CopyTo(MemoryMarshal.Cast<byte, float>((_pinned ?? Current).bytes));
        if (_pinned is not null)
        {
            using var uploaded = _pinned.to(Current.device, non_blocking: true);
            Current.copy_(uploaded);
        }

        return Normalise(Current);
    }

    /// <summary>The same of a picture that is on the device already, R, G, B in [0, 1], <c>[3, h, w]</c>; it stays the caller's.</summary>
    public torch.Tensor Next(torch.Tensor picture)
    {
        (Current, Previous) = (Previous, Current);
        Current.copy_(picture);
        return Normalise(Current);
    }

    /// <summary>The network's input of the frame given last once more.</summary>
    public torch.Tensor Again() => Normalise(Current);

    /// <summary>The same of a frame that is not the video's next one, and that frame on the device, <c>[3, height, width]</c>, of the
    /// current dispose scope.</summary>
    public (torch.Tensor Input, torch.Tensor Picture) Aside(NetworkFrame frame)
    {
        using var scope = torch.NewDisposeScope();
        var picture = torch.empty([3, frame.Height, frame.Width], torch.float32);
        frame.Planes.CopyTo(MemoryMarshal.Cast<byte, float>(picture.bytes));
        var there = picture.to(Current.device);
        return (Normalise(there), there.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mean.Dispose();
        _deviation.Dispose();
        _inside.Dispose();
        _input.Dispose();
        _pinned?.Dispose();
        Current.Dispose();
        Previous.Dispose();
    }

    /// <summary>The input with nothing but padding: the zeros go in before normalisation.</summary>
    private torch.Tensor Normalised(PaddedSize size, NetworkLayout layout) =>
        layout.Place(_mean.neg().div_(_deviation).expand(1, 3, size.PaddedHeight, size.PaddedWidth));

    /// <summary>The same as bytes: zeros, and around them the mean colour, which is the convolution's padding.</summary>
    private torch.Tensor Bytes(PaddedSize size)
    {
        var colour = _mean.mul(s_steps).round_().to(torch.uint8);
        var bytes = colour.permute(1, 2, 0).expand(1, size.PaddedHeight + (2 * Border), size.PaddedWidth + (2 * Border), 3).contiguous();
        bytes.narrow(1, Border, size.PaddedHeight).narrow(2, Border, size.PaddedWidth).zero_();
        return bytes.permute(0, 3, 1, 2).DetachFromDisposeScope();
    }

    private torch.Tensor Normalise(torch.Tensor picture)
    {
        using var scope = torch.NewDisposeScope();
        if (_inBytes)
        {
            _inside.copy_(picture.mul(s_steps).round_().to(torch.uint8));
            return _input;
        }

        // Rounded first: the copy also brings the channels together, and then moves half the bytes.
        _inside.copy_(picture.sub(_mean).div_(_deviation).to(_inside.dtype));
        return _input;
    }
}
