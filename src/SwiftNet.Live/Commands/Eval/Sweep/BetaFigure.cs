using ScottPlot;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>Draws J&amp;F and frames a second over β as two panels, a line for each name with the previous frame on and off.</summary>
internal static class BetaFigure
{
    private const int Width = 1000, Height = 1000;

    /// <summary>Draws it, in place of an older picture.</summary>
    /// <param name="rows">The figures.</param>
    /// <param name="betas">The values of β, at equal distances on the axis.</param>
    /// <param name="path">The PNG.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Draw(IReadOnlyList<SweepRow> rows, double[] betas, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        Show(figure.GetPlot(0), "J&F", rows, betas, row => row.Score);
        Show(figure.GetPlot(1), "frames a second", rows, betas, row => row.Rate);
        var part = PartFile.BesideWithExtension(path);
        try
        {
            figure.SavePng(part.PartPath, Width, Height);
            part.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            part.Discard();
            throw new UserErrorException($"The picture {path} cannot be written: {e.Message}", e);
        }
    }

    private static void Show(Plot plot, string label, IReadOnlyList<SweepRow> rows, double[] betas, Func<SweepRow, double> figure)
    {
        plot.XLabel("β, the share of a frame's pixels that is written");
        plot.YLabel(label);
        plot.Axes.Bottom.SetTicks([.. betas.Select((_, i) => (double)i)], [.. betas.Select(beta => $"{beta}")]);
        foreach (var (number, line) in rows.GroupBy(row => row.Setting.Name).Index())
        {
            foreach (var way in line.GroupBy(row => row.Setting.Memory.PreviousFrame))
            {
                var drawn = plot.Add.Scatter(
                    way.Select(row => (double)Array.IndexOf(betas, row.Setting.Memory.Beta)).ToArray(), way.Select(figure).ToArray());
                drawn.Color = plot.Add.Palette.GetColor(number);
                drawn.LinePattern = way.Key ? LinePattern.Solid : LinePattern.Dashed;
                drawn.MarkerShape = way.Key ? MarkerShape.FilledCircle : MarkerShape.OpenCircle;
                (drawn.LineWidth, drawn.MarkerSize, drawn.MarkerLineWidth) = (2, 8, 2);
                drawn.LegendText = $"{line.Key}, previous frame {(way.Key ? "on" : "off")}";
            }
        }

        plot.ShowLegend(Edge.Right);
    }
}
