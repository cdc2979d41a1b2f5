using System.Globalization;
using System.Text.RegularExpressions;

namespace SwiftNet.Live.Tests.Telemetry;

/// <summary>Metrics in the text format that Prometheus reads.</summary>
internal sealed partial class PrometheusText
{
    public PrometheusText(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            var sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            Samples.Add((
                sample.Groups["name"].Value,
                sample.Groups["label"].Captures.Zip(sample.Groups["value"].Captures).ToDictionary(l => l.First.Value, l => l.Second.Value),
                double.Parse(sample.Groups["number"].Value, CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Each line.</summary>
    public List<(string Name, Dictionary<string, string> Labels, double Value)> Samples { get; } = [];

    /// <summary>The names, those of a histogram's lines without their endings.</summary>
    public HashSet<string> Names => [.. Samples.Select(s => Ending().Replace(s.Name, ""))];

    /// <summary>The values of one label of one metric and camera.</summary>
    public string[] Values(string name, string label, string camera) =>
        [.. Samples.Where(s => s.Name == name && s.Labels.GetValueOrDefault("camera") == camera).Select(s => s.Labels[label]).Distinct()];

    /// <summary>The value of the one line with these labels.</summary>
    public double Value(string name, params (string Label, string Value)[] labels) =>
        Assert.Single(Samples, s => s.Name == name && Array.TrueForAll(labels, l => s.Labels.GetValueOrDefault(l.Label) == l.Value)).Value;

    [GeneratedRegex(
        @"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<label>[a-zA-Z_]\w*)=""(?<value>[^""]*)"",?)*\})? (?<number>\S+)( \d+)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Ending();
}
