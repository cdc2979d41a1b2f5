using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Tests.Memory;

/// <summary>Keys and values of a frame's pixels, one row a pixel.</summary>
internal sealed record Pixels(float[][] Keys, float[][] Values)
{
    /// <summary>Numbers around zero, the same for the same seed.</summary>
    public static Pixels Random(int count, int seed)
    {
        var random = new Random(seed);
        return Of(count, (_, _) => (random.NextSingle() * 2) - 1, (_, _) => (random.NextSingle() * 2) - 1);
    }

    /// <summary>Keys and values number by number.</summary>
    public static Pixels Of(int count, Func<int, int, float> key, Func<int, int, float> value) =>
        new(Rows(count, KeyValueHead.KeyChannels, key), Rows(count, KeyValueHead.ValueChannels, value));

    /// <summary>The rows as a tensor.</summary>
    public static torch.Tensor Tensor(float[][] rows) => torch.tensor(rows.SelectMany(row => row).ToArray(), rows.Length, rows[0].Length);

    /// <summary>The rows of a tensor.</summary>
    public static float[][] Rows(torch.Tensor tensor)
    {
        using var dense = tensor.to(torch.float32).contiguous();
        return [.. dense.data<float>().ToArray().Chunk((int)tensor.shape[1])];
    }

    /// <summary>The frames of several objects as the heads give them, <c>[N, h·w, …]</c>.</summary>
    public static KeysValues Frame(params Pixels[] objects) =>
        new(torch.stack(Array.ConvertAll(objects, o => Tensor(o.Keys))), torch.stack(Array.ConvertAll(objects, o => Tensor(o.Values))));

    private static float[][] Rows(int count, int length, Func<int, int, float> number) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, length).Select(c => number(i, c)).ToArray())];
}
