using System.Text.Json;
using SwiftNet.Imaging.Png;
using SwiftNet.Metrics;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Metrics;

/// <summary>J and F against what the published evaluator computes; needs the fixtures beside the repository.</summary>
public sealed class PublishedEvaluatorTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Twelve_pairs_of_masks_score_as_the_published_evaluator_says()
    {
        var folder = Repository.Shared("fixtures", "metrics");
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        var regions = new List<double>();
        var boundaries = new List<double>();
        foreach (var pair in expected.RootElement.GetProperty("pairs").EnumerateArray())
        {
            var number = pair.GetProperty("case").GetInt32();
            var truth = IndexedPng.Read(Path.Combine(folder, $"{number:00}-truth.png"));
            var result = IndexedPng.Read(Path.Combine(folder, $"{number:00}-result.png"));
            regions.Add(RegionSimilarity.Measure(truth.Ids, result.Ids));
            boundaries.Add(new BoundaryAccuracy(truth.Width, truth.Height).Measure(truth.Ids, result.Ids));
            Assert.Equal(pair.GetProperty("J").GetDouble(), regions[^1], Tolerance);
            Assert.Equal(pair.GetProperty("F").GetDouble(), boundaries[^1], Tolerance);
        }

        AssertScore(expected.RootElement.GetProperty("J_mean_recall_decay"), SequenceScore.Of(regions.ToArray()));
        AssertScore(expected.RootElement.GetProperty("F_mean_recall_decay"), SequenceScore.Of(boundaries.ToArray()));
    }

    private static void AssertScore(JsonElement expected, SequenceScore score)
    {
        Assert.Equal(expected[0].GetDouble(), score.Mean, Tolerance);
        Assert.Equal(expected[1].GetDouble(), score.Recall, Tolerance);
        Assert.Equal(expected[2].GetDouble(), score.Decay, Tolerance);
    }
}
