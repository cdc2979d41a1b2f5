using System.Globalization;
using ScottPlot;

namespace SwiftNet.Training.Run;

/// <summary>Plots a run's losses, overlap and development scores over steps as PNG.</summary>
internal static class Curves
{
    private const int Points = 60, Width = 1000, Height = 1100;

    /// <summary>Plots the run's CSV files.</summary>
    /// <param name="folder">The run's folder.</param>
    public static void Draw(string folder)
    {
        var log = Table(Path.Combine(folder, TrainingLog.FileName));
        if (log.Count == 0)
        {
            return;
        }

        var development = Table(Path.Combine(folder, DevelopmentLog.FileName)).Where(row => row["sequence"] == DevelopmentLog.All).ToList();
        var all = new Multiplot();
        all.AddPlots(3);
        Show(all.GetPlot(0), "loss", (log, "cross_entropy", "cross-entropy of the worst pixels"), (log, "jaccard", "soft Jaccard"));
        Show(all.GetPlot(1), "IoU", (log, "iou", "all objects"), (log, "iou_small", "objects below 1 % of the picture"));
        Show(all.GetPlot(2), "development split", (development, "J", "J"), (development, "F", "F"), (development, "J&F", "J&F"));
        var part = PartFile.BesideWithExtension(Path.Combine(folder, "curves.png"));
        all.SavePng(part.PartPath, Width, Height);
        part.Commit();
    }

    private static void Show(Plot plot, string label, params (List<Dictionary<string, string>> Rows, string Column, string Name)[] lines)
    {
        plot.XLabel("step");
        plot.YLabel(label);
        foreach (var (rows, column, name) in lines)
        {
            var points = rows
                .Where(r => r[column].Length > 0)
                .Select(r => (X: Number(r["step"]), Y: Number(r[column])))
                .Where(p => double.IsFinite(p.Y))
                .ToArray();
            if (points.Length == 0)
            {
                continue;
            }

            // Single steps are noisy: plot means.
            var means = points
                .Chunk(Math.Max(1, points.Length / Points))
                .Select(c => (X: c.Average(p => p.X), Y: c.Average(p => p.Y)))
                .ToArray();
            plot.Add.Scatter(means.Select(m => m.X).ToArray(), means.Select(m => m.Y).ToArray()).LegendText = name;
        }

        plot.ShowLegend(Edge.Right);
    }

    private static List<Dictionary<string, string>> Table(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var lines = File.ReadAllLines(path);
        var headings = lines[0].Split(',');
        return
        [
            .. lines
                .Skip(1)
                .Select(l => l.Split(','))
                .Where(c => c.Length == headings.Length)
                .Select(cells => headings.Zip(cells).ToDictionary(p => p.First, p => p.Second)),
        ];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
