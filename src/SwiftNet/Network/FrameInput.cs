using System.Runtime.InteropServices;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Brings frames to the device and makes the network's input of them; keeps the last two for the trigger. All buffers are made once.</summary>
internal sealed class FrameInput : IDisposable
{
    // ImageNet's statistics, network.md "Input".
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] s_deviation = [0.229f, 0.224f, 0.225f];

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

        // The zeros of the padding go in before normalisation.
        var padding = _mean.neg().div_(_deviation).expand(1, 3, size.PaddedHeight, size.PaddedWidth);
        _input = layout.Place(padding);
        _inside = _input.narrow(2, size.Top, size.Height).narrow(3, size.Left, size.Width).DetachFromDisposeScope();
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

    /// <summary>Takes a frame over and returns the network's input <c>[1, 3, H, W]</c>, which stays this object's and holds until the next call.</summary>
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

    /// <summary>The same of a frame that is not the video's next one, and that frame on the device, <c>[3, height, width]</c>, of the current dispose scope.</summary>
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

    private torch.Tensor Normalise(torch.Tensor picture)
    {
        using var scope = torch.NewDisposeScope();
        // Rounded first: the copy also brings the channels together, and then moves half the bytes.
        _inside.copy_(picture.sub(_mean).div_(_deviation).to(_inside.dtype));
        return _input;
    }
}
