using SwiftNet.Weights;
using TorchSharp;

namespace SwiftNet.Tests.Network;

/// <summary>A feature map as plain numbers with the network's operations as plain loops: slow, obvious, and without libtorch.</summary>
internal sealed class PlainMap
{
    public PlainMap(int channels, int height, int width)
    {
        Channels = channels;
        Height = height;
        Width = width;
        Values = new float[channels * height * width];
    }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>The numbers, channel by channel, row by row.</summary>
    public float[] Values { get; }

    /// <summary>The number at a place; zero around the map.</summary>
    public float this[int channel, int y, int x]
    {
        get => y < 0 || x < 0 || y >= Height || x >= Width ? 0 : Values[(((channel * Height) + y) * Width) + x];
        set => Values[(((channel * Height) + y) * Width) + x] = value;
    }

    /// <summary>Numbers around zero, the same in every run.</summary>
    public static PlainMap Random(int channels, int height, int width, int seed)
    {
        var random = new Random(seed);
        return new PlainMap(channels, height, width).Apply(_ => (random.NextSingle() * 2) - 1);
    }

    /// <summary>One map of <c>[N, C, H, W]</c>.</summary>
    public static PlainMap Of(torch.Tensor maps, int n = 0)
    {
        using var scope = torch.NewDisposeScope();
        var map = maps[n].to(torch.float32).contiguous();
        var plain = new PlainMap((int)map.shape[0], (int)map.shape[1], (int)map.shape[2]);
        map.data<float>().CopyTo(plain.Values);
        return plain;
    }

    /// <summary>The maps as <c>[N, C, H, W]</c>, channels-last where asked.</summary>
    public static torch.Tensor Tensor(bool channelsLast, params PlainMap[] maps)
    {
        using var scope = torch.NewDisposeScope();
        var stacked = torch.stack(Array.ConvertAll(maps, map => torch.tensor(map.Values, map.Channels, map.Height, map.Width)));
        return (channelsLast ? stacked.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : stacked).MoveToOuterDisposeScope();
    }

    /// <summary>A copy with every number replaced.</summary>
    public PlainMap Apply(Func<float, float> function)
    {
        var result = new PlainMap(Channels, Height, Width);
        for (var i = 0; i < Values.Length; i++)
        {
            result.Values[i] = function(Values[i]);
        }

        return result;
    }

    public PlainMap Relu() => Apply(value => Math.Max(value, 0));

    public PlainMap Add(PlainMap other)
    {
        var result = Apply(value => value);
        for (var i = 0; i < Values.Length; i++)
        {
            result.Values[i] += other.Values[i];
        }

        return result;
    }

    /// <summary>This map's channels, then the other's.</summary>
    public PlainMap Join(PlainMap other)
    {
        var result = new PlainMap(Channels + other.Channels, Height, Width);
        Values.CopyTo(result.Values, 0);
        other.Values.CopyTo(result.Values, Values.Length);
        return result;
    }

    /// <summary>Convolution with weight <c>[out, in, k, k]</c>, zeros around the map so that stride 1 keeps the size.</summary>
    public PlainMap Convolve(StoredTensor weight, StoredTensor? bias = null, int stride = 1, int dilation = 1)
    {
        var weights = weight.ToFloats();
        var (outputs, side) = ((int)weight.Shape[0], (int)weight.Shape[2]);
        Assert.Equal(Channels, weight.Shape[1]);
        var result = new PlainMap(outputs, (Height + stride - 1) / stride, (Width + stride - 1) / stride);
        var biases = bias?.ToFloats() ?? new float[outputs];
        for (var o = 0; o < outputs; o++)
        {
            for (var y = 0; y < result.Height; y++)
            {
                for (var x = 0; x < result.Width; x++)
                {
                    double sum = biases[o];
                    for (var c = 0; c < Channels; c++)
                    {
                        for (var ky = 0; ky < side; ky++)
                        {
                            for (var kx = 0; kx < side; kx++)
                            {
                                sum += weights[(((((o * Channels) + c) * side) + ky) * side) + kx]
                                    * (double)this[c, (y * stride) + ((ky - (side / 2)) * dilation), (x * stride) + ((kx - (side / 2)) * dilation)];
                            }
                        }
                    }

                    result[o, y, x] = (float)sum;
                }
            }
        }

        return result;
    }

    /// <summary>The largest of 3x3 at every second pixel; of a rectified map, where the zeros around do not count.</summary>
    public PlainMap MaxPool()
    {
        var result = new PlainMap(Channels, Height / 2, Width / 2);
        for (var i = 0; i < result.Values.Length; i++)
        {
            var (c, y, x) = (i / (result.Height * result.Width), i / result.Width % result.Height, i % result.Width);
            for (var tap = 0; tap < 9; tap++)
            {
                result.Values[i] = Math.Max(result.Values[i], this[c, (2 * y) - 1 + (tap / 3), (2 * x) - 1 + (tap % 3)]);
            }
        }

        return result;
    }

    /// <summary>Bilinear up-sampling without aligned corners: output pixel i lies at (i + 1/2) / factor − 1/2, the border
    /// repeated.</summary>
    public PlainMap UpSample(int factor)
    {
        var result = new PlainMap(Channels, Height * factor, Width * factor);
        for (var i = 0; i < result.Values.Length; i++)
        {
            var (c, y, x) = (i / (result.Height * result.Width), i / result.Width % result.Height, i % result.Width);
            var (top, bottom, down) = Between(y, factor, Height);
            var (left, right, across) = Between(x, factor, Width);
            result.Values[i] = (float)(((1 - down) * (((1 - across) * this[c, top, left]) + (across * this[c, top, right])))
                + (down * (((1 - across) * this[c, bottom, left]) + (across * this[c, bottom, right]))));
        }

        return result;
    }

    /// <summary>One channel to 256 at a sixteenth of the size: channel = 16·(row in cell) + (column in cell).</summary>
    public PlainMap Unshuffle16()
    {
        var result = new PlainMap(256, Height / 16, Width / 16);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                result[(16 * (y % 16)) + (x % 16), y / 16, x / 16] = this[0, y, x];
            }
        }

        return result;
    }

    /// <summary>Every number lies within <paramref name="tolerance"/> of the expected one, as a share of the map's largest.</summary>
    public static void AssertClose(PlainMap expected, torch.Tensor actual, double tolerance, int n = 0)
    {
        var found = Of(actual, n);
        Assert.Equal((expected.Channels, expected.Height, expected.Width), (found.Channels, found.Height, found.Width));
        var largest = expected.Values.Max(Math.Abs);
        Assert.True(largest > 0, "The expected map is all zero, which shows nothing.");
        for (var i = 0; i < expected.Values.Length; i++)
        {
            var difference = Math.Abs(expected.Values[i] - found.Values[i]);
            Assert.True(
                difference <= tolerance * largest, $"number {i} is {found.Values[i]}, not {expected.Values[i]}; the largest is {largest}");
        }
    }

    private static (int Before, int After, double Share) Between(int i, int factor, int length)
    {
        var at = Math.Clamp(((i + 0.5) / factor) - 0.5, 0, length - 1);
        var before = (int)at;
        return (before, Math.Min(before + 1, length - 1), at - before);
    }
}
