using System.Globalization;
using OpenCvSharp;
using SwiftNet.Training.Clips;
using TorchSharp;

namespace SwiftNet.Training.Evaluation;

/// <summary>Scores weights on sequences that are never trained on.</summary>
/// <param name="sequences">The sequences.</param>
/// <param name="size">Frames are scaled down to fit into this size; null = native size.</param>
/// <param name="windows">Whether windows follow the objects; else the network processes the whole frame.</param>
internal sealed class DevelopmentSplit(IReadOnlyList<VideoSequence> sequences, Size? size, bool windows = false)
{
    /// <summary>Scores weights.</summary>
    /// <param name="weights">The weights file.</param>
    /// <param name="previousFrame">Whether the previous frame is part of memory.</param>
    /// <param name="scored">Called with each sequence's outcome.</param>
    /// <param name="referenceOffset">Null = whole sequences; else single frames, see <see cref="SequenceScorer.ScoreAlone"/>.</param>
    public List<SequenceOutcome> Score(
        string weights, bool previousFrame, Action<SequenceOutcome>? scored = null, int? referenceOffset = null)
    {
        using var model = SwiftNetModel.Load(weights, "cpu", Precision.Auto, torch.get_num_threads());
        var options = new MemoryOptions { PreviousFrame = previousFrame, Trigger = TriggerKind.Periodic, Interval = 5 };
        var outcomes = new List<SequenceOutcome>();
        foreach (var sequence in sequences)
        {
            var scorer = new SequenceScorer(model, options, size, windows);
            outcomes.Add(referenceOffset is { } before ? scorer.ScoreAlone(sequence, before) : scorer.Score(sequence));
            scored?.Invoke(outcomes[^1]);
        }

        return outcomes;
    }

    /// <summary>Formats scores as one line.</summary>
    public static string Line(string name, SplitScore score) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: J&F {score.Both:0.0} J {score.J:0.0} F {score.F:0.0}, J first fifth {score.FirstFifth:0.0}, last fifth "
            + $"{score.LastFifth:0.0}");
}
