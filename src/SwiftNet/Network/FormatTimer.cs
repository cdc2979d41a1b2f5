using System.Diagnostics;
using SwiftNet.Network.Int8;
using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Measures three of the network's layers in each number format on this processor. The processor's feature flags do not show which
/// format is fast.</summary>
internal static class FormatTimer
{
    // The encoder's 3x3 layers at strides 4, 8 and 16 of a picture of 384x224.
    private static readonly (int Channels, int Height, int Width)[] s_layers = [(64, 56, 96), (128, 28, 48), (256, 14, 24)];

    // A layer with so much to compute for each byte that nothing but the multiply-adds counts.
    private static readonly (int Channels, int Height, int Width)[] s_largest = [(256, 56, 96)];

    private static readonly string[] s_formats = ["float32", "bfloat16", "int8"];

    private const int Rounds = 7;

    private static readonly Lock s_lock = new();
    private static readonly Dictionary<int, FormatTiming[]> s_measured = [];

    /// <summary>The formats that work here, the fastest first. Measured once for each number of threads, in a quarter of a
    /// second.</summary>
    public static FormatTiming[] Measure()
    {
        lock (s_lock)
        {
            var threads = torch.get_num_threads();
            return s_measured.TryGetValue(threads, out var timings) ? timings : s_measured[threads] = Run(s_layers);
        }
    }

    /// <summary>What the processor reaches in each format that works here, in the largest layer: close to its peak. Half a
    /// second.</summary>
    public static FormatTiming[] Peak() => Run(s_largest);

    private static FormatTiming[] Run((int Channels, int Height, int Width)[] layers)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var candidates = new List<Candidate>();
        try
        {
            foreach (var format in s_formats)
            {
                if (Candidate.Make(format, layers) is { } candidate)
                {
                    candidates.Add(candidate);
                }
            }

            // In turns, so that what else the machine does falls on all alike.
            for (var round = 0; round < Rounds; round++)
            {
                candidates.ForEach(candidate => candidate.Time());
            }

            return [.. candidates.Select(candidate => candidate.Timing).OrderBy(timing => timing.Milliseconds)];
        }
        finally
        {
            candidates.ForEach(candidate => candidate.Dispose());
        }
    }

    private sealed class Candidate(string format, Convolution[] layers, torch.Tensor[] inputs) : IDisposable
    {
        private double _best = double.PositiveInfinity;

        public FormatTiming Timing => new(format, _best, layers.Sum(layer => layer.MultiplyAdds) / (double)Runs / (_best * 1e6));

        private int Runs { get; set; }

        /// <summary>The layers in a format, run once; null where this processor or this libtorch does not have it.</summary>
        public static Candidate? Make(string format, (int Channels, int Height, int Width)[] shapes)
        {
            var layers = new List<Convolution>();
            try
            {
                var inputs = new List<torch.Tensor>();
                foreach (var (channels, height, width) in shapes)
                {
                    layers.Add(Layer(format, channels));
                    inputs.Add(Input(format, channels, height, width));
                }

                var candidate = new Candidate(format, [.. layers], [.. inputs]);
                candidate.Pass();
                return candidate;
            }
            catch (Exception)
            {
                layers.ForEach(layer => layer.Dispose());
                return null;
            }
        }

        public void Time()
        {
            var clock = Stopwatch.StartNew();
            Pass();
            _best = Math.Min(_best, clock.Elapsed.TotalMilliseconds);
        }

        public void Dispose() => Array.ForEach(layers, layer => layer.Dispose());

        private void Pass()
        {
            Runs++;
            for (var i = 0; i < layers.Length; i++)
            {
                layers[i].Forward(inputs[i], relu: true).Dispose();
            }
        }

        private static Convolution Layer(string format, int channels)
        {
            var shape = new ConvolutionShape(1, 1, 1);
            var weight = torch.randn(channels, channels, 3, 3);
            var bias = torch.zeros([channels]).DetachFromDisposeScope();
            if (format == "int8")
            {
                var kernels = Int8Support.LargestWeight > 0 ? Int8Kernels.Shared! : throw new NotSupportedException();
                var quantization = new Quantization(0.05, 0);
                return new Int8Convolution(
                    "", kernels, Int8Weight.Of(weight, Int8Support.LargestWeight), bias, shape,
                    new Int8Activations(quantization, quantization, null));
            }

            var layout = new NetworkLayout(torch.CPU, Type(format));
            using (bias)
            {
                return new FloatConvolution("", layout, layout.Place(weight), layout.Place(bias), null, shape, "");
            }
        }

        private static torch.Tensor Input(string format, int channels, int height, int width)
        {
            var values = torch.rand(1, height, width, channels);
            return (format == "int8" ? values.mul_(Numbers.Two).to(torch.uint8) : values.to(Type(format))).permute(0, 3, 1, 2);
        }

        private static torch.ScalarType Type(string format) => format == "bfloat16" ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32;
    }
}
