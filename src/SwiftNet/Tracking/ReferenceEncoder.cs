using SwiftNet.Network;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Tracking;

/// <summary>Makes memory pixels of a frame that objects were given on, at whatever size: memory does not mind.</summary>
internal static class ReferenceEncoder
{
    /// <summary>Encodes the frame at a network size.</summary>
    /// <param name="model">The network.</param>
    /// <param name="frame">The frame with its objects.</param>
    /// <param name="size">The network size.</param>
    /// <returns>Keys <c>[h·w, 32]</c> and values <c>[h·w, 128]</c> a batch of one for each of its objects, of the current dispose
    /// scope.</returns>
    public static KeysValues[] Encode(SwiftNetModel model, FirstFrame frame, PaddedSize size)
    {
        using var scope = torch.NewDisposeScope();
        using var input = new FrameInput(size, model.Layout);
        var features = model.Encoder.Forward(input.Next(frame.Picture(size).to(model.Layout.Device)));
        var masks = frame.Masks(size).to(model.Layout.Device);
        var all = frame.All(size) is { } together ? Pad(together.to(model.Layout.Device), size) : null;
        return Array.ConvertAll(Enumerable.Range(0, frame.Ids.Length).ToArray(), i =>
        {
            var encoded = model.Memorise(features, Pad(masks.narrow(0, i, 1), size), all);
            return new KeysValues(encoded.Keys.MoveToOuterDisposeScope(), encoded.Values.MoveToOuterDisposeScope());
        });
    }

    // Masks [N, h, w] with zeros around them, [N, 1, H, W].
    private static torch.Tensor Pad(torch.Tensor masks, PaddedSize size) =>
        pad(
            masks.unsqueeze(1),
            [size.Left, size.PaddedWidth - size.Width - size.Left, size.Top, size.PaddedHeight - size.Height - size.Top]);
}
