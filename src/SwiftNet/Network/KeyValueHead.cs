using TorchSharp;

namespace SwiftNet.Network;

/// <summary>A frame's keys and values, pixel by pixel.</summary>
/// <param name="Keys"><c>[N, h·w, 32]</c>, float32.</param>
/// <param name="Values"><c>[N, h·w, 128]</c>, in the format of memory's values.</param>
internal readonly record struct KeysValues(torch.Tensor Keys, torch.Tensor Values);

/// <summary>Key and value heads, C/8 and C/2 channels with C = 256, merged into one convolution.</summary>
internal sealed class KeyValueHead(LayerBuilder build, string name, string input = "")
{
    /// <summary>Channels of a key: C/8.</summary>
    public const int KeyChannels = 32;

    /// <summary>Channels of a value: C/2.</summary>
    public const int ValueChannels = 128;

    private readonly Convolution _conv = build.Merged(name, "Key", "Value", new(input, ""));
    private readonly torch.ScalarType _valueType = build.Layout.ValueType;

    /// <summary>Keys and values of features <c>[N, 256, h, w]</c>.</summary>
    public KeysValues Forward(torch.Tensor features)
    {
        var both = _conv.ForwardFloat(features);
        var pixels = both.permute(0, 2, 3, 1).reshape(both.shape[0], -1, KeyChannels + ValueChannels);
        return new KeysValues(
            pixels.narrow(2, 0, KeyChannels).to(torch.float32), pixels.narrow(2, KeyChannels, ValueChannels).to(_valueType));
    }
}
