using SwiftNet.Tests.Memory;
using SwiftNet.Tests.Network;
using SwiftNet.Weights;

namespace SwiftNet.Tests;

/// <summary>Whole steps against the same network and memory written as plain loops, with the weights that are shipped.</summary>
public sealed class VideoSegmenterMathsTests(ShippedModel shipped)
{
    // 60x40 becomes 64x48: 2 columns on each side, 4 rows above and below; 4x3 memory pixels, 2 of them an update.
    private const int Width = 60, Height = 40, PaddedWidth = 64, PaddedHeight = 48, Left = 2, Top = 4, Update = 2;

    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f], s_deviation = [0.229f, 0.224f, 0.225f];
    private static readonly Clip s_clip = new(
        Width, Height, new Clip.Square(4, 4, 1, 0.5, 20, 0.9f, 0.2f, 0.15f), new Clip.Square(34, 14, -1, 0, 20, 0.1f, 0.2f, 0.85f));

    private readonly PlainNetwork _network = new(new NetworkWeights(SafetensorsFile.Open(ShippedModel.Path).Tensors));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Three_steps_are_what_the_formulas_say(bool previousFrame)
    {
        using var run = new Run(shipped, s_clip, new MemoryOptions { Trigger = TriggerKind.Periodic, Interval = 1, PreviousFrame = previousFrame, PreviousBackgroundPenalty = 0 });
        run.Segmenter.BelievesAll = true;
        run.Start();
        var masks = Masks(s_clip.Mask(0));
        var memory = Enumerable.Range(0, 2).Select(_ => new List<Pixels>()).ToArray();
        Pixels?[] previous = [null, null], pending = [null, null];
        Write(_network.Encode(Input(0)), masks, (i, pixels) => memory[i].Add(pixels));
        for (var t = 1; t <= 3; t++)
        {
            var features = _network.Encode(Input(t));
            masks = Aggregate([.. memory.Select((stored, i) => Logits(features, All(stored, previous[i])))]);

            run.Step(t);

            using var found = run.Segmenter.State!.Probabilities.unsqueeze(0);
            PlainMap.AssertClose(Crop(masks[0]).Join(Crop(masks[1])), found, 1e-4);
            run.Segmenter.Write();
            Write(features, [.. masks.Select(mask => Pad(Crop(mask)))], (i, pixels) =>
            {
                memory[i].AddRange(pending[i] is { } due ? [due] : []);
                var rows = PlainMemory.Choose(All(memory[i], null).Keys, pixels.Keys, Update);
                var chosen = new Pixels([.. rows.Select(r => pixels.Keys[r])], [.. rows.Select(r => pixels.Values[r])]);
                if (previousFrame)
                {
                    (previous[i], pending[i]) = (pixels, chosen);
                }
                else
                {
                    memory[i].Add(chosen);
                }
            });
        }

        Assert.Equal(12 + (Update * (previousFrame ? 2 : 3)), run.Segmenter.MemoryPixels);
    }

    /// <summary>Every stored frame's pixels, and the previous frame's.</summary>
    private static Pixels All(List<Pixels> stored, Pixels? previous)
    {
        Pixels[] all = previous is null ? [.. stored] : [.. stored, previous];
        return new Pixels([.. all.SelectMany(p => p.Keys)], [.. all.SelectMany(p => p.Values)]);
    }

    private static PlainMap Input(int t)
    {
        var planes = s_clip.Planes(t);
        var input = new PlainMap(3, PaddedHeight, PaddedWidth);
        for (var i = 0; i < input.Values.Length; i++)
        {
            var (c, y, x) = (i / (PaddedHeight * PaddedWidth), (i / PaddedWidth % PaddedHeight) - Top, (i % PaddedWidth) - Left);
            var inside = y is >= 0 and < Height && x is >= 0 and < Width;
            input.Values[i] = ((inside ? planes[(((c * Height) + y) * Width) + x] : 0) - s_mean[c]) / s_deviation[c];
        }

        return input;
    }

    private static PlainMap[] Masks(IdMask mask) => [.. new byte[] { 1, 2 }.Select(id =>
    {
        var map = new PlainMap(1, Height, Width);
        for (var i = 0; i < mask.Ids.Length; i++)
        {
            map.Values[i] = mask.Ids[i] == id ? 1 : 0;
        }

        return Pad(map);
    })];

    private static PlainMap Pad(PlainMap map)
    {
        var padded = new PlainMap(1, PaddedHeight, PaddedWidth);
        for (var i = 0; i < padded.Values.Length; i++)
        {
            padded.Values[i] = map[0, (i / PaddedWidth) - Top, (i % PaddedWidth) - Left];
        }

        return padded;
    }

    private static PlainMap Crop(PlainMap map)
    {
        var cropped = new PlainMap(1, Height, Width);
        for (var i = 0; i < cropped.Values.Length; i++)
        {
            cropped.Values[i] = map[0, (i / Width) + Top, (i % Width) + Left];
        }

        return cropped;
    }

    /// <summary>Soft aggregation of full-size logits.</summary>
    private static PlainMap[] Aggregate(PlainMap[] logits)
    {
        var masks = Array.ConvertAll(logits, _ => new PlainMap(1, PaddedHeight, PaddedWidth));
        var area = PaddedHeight * PaddedWidth;
        for (var i = 0; i < area; i++)
        {
            var foreground = Array.ConvertAll(logits, l => 1 / (1 + Math.Exp(l.Values[i] - l.Values[area + i])));
            double[] all = [foreground.Aggregate(1.0, (product, p) => product * (1 - p)), .. foreground];
            var odds = Array.ConvertAll(all, p => Math.Clamp(p, 1e-7, 1 - 1e-7) / (1 - Math.Clamp(p, 1e-7, 1 - 1e-7)));
            for (var n = 0; n < masks.Length; n++)
            {
                masks[n].Values[i] = (float)(odds[n + 1] / odds.Sum());
            }
        }

        return masks;
    }

    private static float[][] Rows(PlainMap map) =>
    [
        .. Enumerable.Range(0, map.Height * map.Width).Select(
            i => Enumerable.Range(0, map.Channels).Select(c => map[c, i / map.Width, i % map.Width]).ToArray()),
    ];

    private PlainMap Logits(PlainFeatures features, Pixels memory)
    {
        var (keys, values) = _network.Head(features.R4, "KV_Q_r4");
        var query = Rows(keys.Apply(number => number / MathF.Sqrt(32)));
        var read = PlainMemory.Read(memory.Keys, memory.Values, query);
        var map = new PlainMap(128, values.Height, values.Width);
        for (var i = 0; i < map.Values.Length; i++)
        {
            map.Values[i] = (float)read[i % read.Length][i / read.Length];
        }

        return _network.Decode(features, _network.Aspp(map.Join(values))).UpSample(4);
    }

    private void Write(PlainFeatures features, PlainMap[] masks, Action<int, Pixels> write)
    {
        for (var i = 0; i < masks.Length; i++)
        {
            var encoded = _network.LightAggregation(features, masks[i], masks[1 - i]);
            var (keys, values) = _network.Head(encoded, "KV_M_r4");
            write(i, new Pixels(Rows(keys), Rows(values)));
        }
    }
}
