using System.Text.Json;
using System.Text.RegularExpressions;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Telemetry;

/// <summary>Page, metrics, dashboard and their list use the same names, held against a service that runs.</summary>
public sealed partial class MetricNamesTests(RunningService service) : IClassFixture<RunningService>
{
    // Fields of the status that are words or refer to one frame alone.
    private static readonly string[] s_noFigures =
    [
        "name", "state", "source", "frame_size", "network_size", "device", "frame", "captured_time", "ledger", "sinks",
    ];

    [Fact]
    public void Every_figure_of_the_page_is_a_metric_of_the_same_name()
    {
        foreach (var figure in service.Cameras[0].EnumerateObject().Where(f => !s_noFigures.Contains(f.Name)))
        {
            var names = figure.Value.ValueKind == JsonValueKind.Object && !figure.Name.EndsWith("_ms", StringComparison.Ordinal)
                ? figure.Value.EnumerateObject()
                    .Where(f => f.Value.ValueKind is JsonValueKind.Number && !f.Name.StartsWith("last_", StringComparison.Ordinal))
                    .Select(f => $"{figure.Name}_{f.Name}")
                : [figure.Name];
            Assert.All(names, name => AssertExported(MetricOf(name)));
        }
    }

    [Fact]
    public void The_pages_lines_are_the_metrics_labels()
    {
        foreach (var camera in service.Cameras)
        {
            var name = camera.GetProperty("name").GetString()!;
            var terms = Names(camera, "ledger");
            Assert.All(terms.Where(IsTotal), term => AssertExported(MetricOf($"frames_{term.Replace(' ', '_')}")));
            Assert.Equal(
                terms.Where(term => !IsTotal(term)).Order(),
                service.Metrics.Values("swiftnet_frames_dropped_total", "cause", name).Order());
            Assert.Subset(
                service.Metrics.Values("swiftnet_parts_seconds_count", "part", name).ToHashSet(), Names(camera, "parts_ms").ToHashSet());
            Assert.Equal(Names(camera, "sinks").Order(), service.Metrics.Values("swiftnet_sinks_taken_total", "sink", name).Order());
            Assert.Contains(
                camera.GetProperty("memory").GetProperty("last_reason").GetString(),
                service.Metrics.Values("swiftnet_memory_writes_total", "reason", name));
        }
    }

    [Fact]
    public void The_dashboard_asks_for_metrics_that_there_are()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(PathOf("swiftnet-live.json")));
        var asked = Expressions(dashboard.RootElement)
            .SelectMany(expression => Name().Matches(expression))
            .Select(name => Suffix().Replace(name.Value, ""))
            .ToHashSet();

        Assert.Superset(asked, service.Metrics.Names);
        // What it leaves out nobody would see.
        Assert.Superset(service.Metrics.Names.Where(name => name.StartsWith("swiftnet_", StringComparison.Ordinal)).ToHashSet(), asked);
    }

    [Fact]
    public void The_list_holds_every_metric_and_no_other() =>
        Assert.Equal(
            service.Metrics.Names.Where(name => name.StartsWith("swiftnet_", StringComparison.Ordinal)).Order(),
            File.ReadLines(PathOf("README.md"))
                .Select(line => Listed().Match(line))
                .Where(m => m.Success)
                .Select(m => m.Groups[1].Value)
                .Order());

    [Fact]
    public void Figures_are_each_cameras_own()
    {
        foreach (var (camera, status) in new[] { ("gate", service.Cameras[0]), ("yard", service.Cameras[1]) })
        {
            // The metrics were read after the status.
            var written = status.GetProperty("ledger")
                .EnumerateArray()
                .Single(term => term.GetProperty("name").GetString() == "written")
                .GetProperty("count")
                .GetInt64();
            Assert.InRange(service.Metrics.Value("swiftnet_frames_written_total", ("camera", camera)), written, 1e6);
            Assert.InRange(service.Metrics.Value("swiftnet_age_seconds_count", ("camera", camera)), written, 1e6);
            Assert.InRange(service.Metrics.Value("swiftnet_parts_seconds_count", ("camera", camera), ("part", "encode")), 1, 1e6);
            Assert.InRange(service.Metrics.Value("swiftnet_memory_writes_total", ("camera", camera), ("reason", "periodic")), 1, 1e6);
            Assert.Equal(1, service.Metrics.Value("swiftnet_memory_writes_total", ("camera", camera), ("reason", "first")));
            Assert.Equal(1, service.Metrics.Value("swiftnet_objects", ("camera", camera)));
            Assert.Contains(
                service.Metrics.Samples,
                s => s.Name == "swiftnet_parts_seconds_bucket" && s.Labels["camera"] == camera && s.Labels["le"] == "0.014");
        }
    }

    private static bool IsTotal(string term) => !term.StartsWith("overtaken", StringComparison.Ordinal);

    private static string MetricOf(string figure) =>
        "swiftnet_" + (figure.EndsWith("_ms", StringComparison.Ordinal) ? figure[..^"_ms".Length] + "_seconds" : figure);

    private static IEnumerable<string> Names(JsonElement camera, string list) =>
        camera.GetProperty(list).EnumerateArray().Select(x => x.GetProperty("name").GetString()!);

    private static string PathOf(string file) => Path.Combine(Repository.Folder, "dashboards", file);

    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions),
        JsonValueKind.Object =>
            element
                .EnumerateObject()
                .SelectMany(
                    p =>
                        p.Name is "expr" or "query" or "definition" && p.Value.ValueKind == JsonValueKind.String
                            ? [p.Value.GetString()!]
                            : Expressions(p.Value)),
        _ => [],
    };

    private void AssertExported(string name) =>
        Assert.True(service.Metrics.Names.Contains(name) || service.Metrics.Names.Contains(name + "_total"), $"There is no {name}.");

    [GeneratedRegex(@"\b(swiftnet|dotnet)_\w+")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^\| `(swiftnet_\w+)`")]
    private static partial Regex Listed();
}
