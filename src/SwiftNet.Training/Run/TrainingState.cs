using System.Diagnostics;
using SwiftNet.Network;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Loss;
using SwiftNet.Training.Network;
using SwiftNet.Training.Optimisation;
using TorchSharp;

namespace SwiftNet.Training.Run;

/// <summary>Figures of a training step.</summary>
/// <param name="CrossEntropy">Cross-entropy loss, mean over frames.</param>
/// <param name="Jaccard">Soft Jaccard loss, mean over frames.</param>
/// <param name="Overlap">Mean intersection over union of hard masks, 0 to 1.</param>
/// <param name="Small">The same for small objects; NaN without any.</param>
/// <param name="Gradient">Norm of the gradient.</param>
/// <param name="Skipped">Whether the step was skipped because of non-finite values.</param>
internal readonly record struct StepOutcome(
    double CrossEntropy, double Jaccard, double Overlap, double Small, double Gradient, bool Skipped);

/// <summary>State of a training run: weights, optimiser, moving average and counters; and the training step.</summary>
internal sealed class TrainingState : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly NetworkLayout _layout;
    private readonly float[] _gradient;
    private readonly Scalar _jaccardWeight;
    private readonly Scalar _boundaryWeight;

    /// <summary>Starts from given weights.</summary>
    /// <param name="weights">The initial weights; ownership is transferred.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="type">Format of activations and products; weights and gradients are float32.</param>
    public TrainingState(MasterWeights weights, TrainingOptions options, torch.ScalarType type)
    {
        _options = options;
        _layout = new NetworkLayout(torch.CPU, type, Differentiable: true);
        Weights = weights;
        Optimiser = new AdamW(Weights.Layout.Count);
        Average = new WeightAverage((float)options.Average);
        Average.Start(Weights.Values);
        _gradient = new float[Weights.Layout.Count];
        _jaccardWeight = options.JaccardWeight;
        _boundaryWeight = options.BoundaryWeight;
    }

    /// <summary>The weights.</summary>
    public MasterWeights Weights { get; }

    /// <summary>The optimiser's state.</summary>
    public AdamW Optimiser { get; }

    /// <summary>The weights' moving average.</summary>
    public WeightAverage Average { get; }

    /// <summary>Number of completed steps.</summary>
    public int Step { get; set; }

    /// <summary>Number of steps skipped because of non-finite values.</summary>
    public int Skipped { get; set; }

    /// <summary>Whether no accumulated gradients are pending, so that a checkpoint can be written.</summary>
    public bool AtUpdate => Step % _options.Accumulation == 0;

    /// <summary>Whether this step computes gradients of the backbone.</summary>
    private bool BackboneLearns => _options.BackboneRate > 0 && Step / _options.Accumulation % Math.Max(1, _options.BackboneEvery) == 0;

    /// <summary>Duration of the last step's forward pass.</summary>
    public TimeSpan Forward { get; private set; }

    /// <summary>Duration of the last step's backward pass.</summary>
    public TimeSpan Backward { get; private set; }

    /// <summary>Runs one training step on a batch.</summary>
    public StepOutcome TrainStep(Batch batch)
    {
        torch.manual_seed(BatchPlan.RandomOf(_options.Seed, batch.Step, -1).Next());
        Weights.BackboneLearns = BackboneLearns;
        var overlap = new Overlap();
        double entropy, jaccard;
        using (torch.NewDisposeScope())
        {
            var start = Stopwatch.GetTimestamp();
            using var network = Weights.Network(_layout);
            var clips = new ClipTensors(batch, _layout);
            var noise = new MaskNoise(BatchPlan.RandomOf(_options.Seed, batch.Step, -2).Next(), _options.MaskNoise);
            var through = new ClipNetwork(network, _options.Dropout);
            var first = through.First(clips);
            var remembered = through.Remember(clips, first);
            var found = through.Forward(clips, remembered, batch.Use, noise);
            var (entropies, jaccards, boundaries) = (new List<torch.Tensor>(), new List<torch.Tensor>(), new List<torch.Tensor>());
            for (var i = 0; i < found.Count; i++)
            {
                var masks = clips.Masks(i + 1);
                AddLoss(found[i], i + 1, masks);
                overlap.Add(found[i], masks);
            }

            if (batch.Use.Prompts)
            {
                var masks = clips.Masks(0);
                var prompts = PromptSimulation.Draw(masks, BatchPlan.RandomOf(_options.Seed, batch.Step, -3));
                AddLoss(through.SegmentFromPrompts(clips, first, prompts), 0, masks);
            }

            if (batch.Use.Copy)
            {
                var (copied, masks) = (through.Copy(clips, first, remembered), clips.Masks(0));
                AddLoss(copied, 0, masks);
                if (found.Count == 0)
                {
                    overlap.Add(copied, masks);
                }
            }

            var (meanEntropy, meanJaccard) = (torch.stack(entropies).mean(), torch.stack(jaccards).mean());

            void AddLoss(torch.Tensor odds, int frame, torch.Tensor masks)
            {
                var lossMask = clips.LossMask(frame);
                var pixels = ClipLoss.Pixels(odds, clips.Truth(frame), lossMask);
                entropies.Add(ClipLoss.Worst(pixels, _options.Bootstrap));
                jaccards.Add(ClipLoss.Jaccard(odds, masks, lossMask));
                if (_options.BoundaryWeight > 0)
                {
                    boundaries.Add(ClipLoss.Boundary(pixels, masks, lossMask, _options.BoundaryWidth));
                }
            }

            Forward = Stopwatch.GetElapsedTime(start);
            var loss = meanEntropy.add(meanJaccard.mul(_jaccardWeight), Numbers.One);
            loss = boundaries.Count == 0 ? loss : loss.add(torch.stack(boundaries).mean().mul(_boundaryWeight), Numbers.One);
            loss.backward();
            (entropy, jaccard) = (meanEntropy.item<float>(), meanJaccard.item<float>());
            Backward = Stopwatch.GetElapsedTime(start) - Forward;
        }

        Weights.AddGradients(_gradient);
        var norm = Norm(_gradient) / _options.Accumulation;
        var finite = double.IsFinite(norm) && double.IsFinite(entropy) && double.IsFinite(jaccard);
        var withBackbone = BackboneLearns;
        Step++;
        if (!finite)
        {
            Skipped++;
            Array.Clear(_gradient);
        }
        else if (AtUpdate)
        {
            Update(norm, withBackbone);
            Array.Clear(_gradient);
        }

        return new StepOutcome(entropy, jaccard, overlap.Mean, overlap.SmallMean, norm, !finite);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _jaccardWeight.Dispose();
        _boundaryWeight.Dispose();
        Weights.Dispose();
    }

    private void Update(double norm, bool withBackbone)
    {
        var scale = (float)(Math.Min(1, _options.LargestGradient / Math.Max(norm, 1e-12)) / _options.Accumulation);
        var rate = _options.Rate * Schedule.At(Step - 1, _options);
        Optimiser.Begin();
        foreach (var group in Weights.Layout.Groups)
        {
            var own = rate * RateOf(group.Part);
            if (own > 0 && (withBackbone || group.Part != NetworkPart.Backbone))
            {
                Optimiser.Update(group, Weights.Values, _gradient, scale, (float)own, (float)_options.WeightDecay);
            }
        }

        Average.Add(Weights.Values);
    }

    private double RateOf(NetworkPart part) => part switch
    {
        NetworkPart.Backbone => _options.BackboneRate,
        NetworkPart.MaskEncoder => _options.MaskEncoderRate,
        NetworkPart.Decoder => _options.DecoderRate,
        _ => 1,
    };

    private static double Norm(ReadOnlySpan<float> numbers)
    {
        var sum = 0.0;
        foreach (var number in numbers)
        {
            sum += (double)number * number;
        }

        return Math.Sqrt(sum);
    }
}
