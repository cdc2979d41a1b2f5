using System.Diagnostics;
using SwiftNet.Network;
using SwiftNet.Training.Clips;
using SwiftNet.Training.Loss;
using SwiftNet.Training.Network;
using SwiftNet.Training.Optimisation;
using TorchSharp;

namespace SwiftNet.Training.Run;

/// <summary>What a step came to.</summary>
/// <param name="CrossEntropy">Mean over frames.</param>
/// <param name="Jaccard">Mean over frames.</param>
/// <param name="Overlap">Hard masks' intersection over union.</param>
/// <param name="Small">The same of small objects; not a number without any.</param>
/// <param name="Gradient">The gradient's norm.</param>
/// <param name="Skipped">Whether numbers were not finite, so that nothing was learnt.</param>
internal readonly record struct StepOutcome(double CrossEntropy, double Jaccard, double Overlap, double Small, double Gradient, bool Skipped);

/// <summary>The state of a training run, and a step of it.</summary>
internal sealed class TrainingState : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly NetworkLayout _layout;
    private readonly float[] _gradient;
    private readonly Scalar _jaccardWeight;
    private readonly Scalar _boundaryWeight;

    /// <summary>Starts from given weights.</summary>
    /// <param name="weights">The weights, which are taken over.</param>
    /// <param name="options">What is learnt and how.</param>
    /// <param name="type">The format of maps and products; weights and their changes are float32.</param>
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

    /// <summary>Steps done.</summary>
    public int Step { get; set; }

    /// <summary>Steps of them that were left out since their numbers were not finite.</summary>
    public int Skipped { get; set; }

    /// <summary>Whether the weights have taken in all gradients, so that the state can be kept.</summary>
    public bool AtUpdate => Step % _options.Accumulation == 0;

    /// <summary>Whether this step's gradients are the backbone's too.</summary>
    private bool BackboneLearns => _options.BackboneRate > 0 && Step / _options.Accumulation % Math.Max(1, _options.BackboneEvery) == 0;

    /// <summary>How long the last step took up to its loss.</summary>
    public TimeSpan Forward { get; private set; }

    /// <summary>How long its gradients took.</summary>
    public TimeSpan Backward { get; private set; }

    /// <summary>Learns from a batch.</summary>
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
