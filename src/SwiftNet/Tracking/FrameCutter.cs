using System.Numerics;
using System.Runtime.InteropServices;

namespace SwiftNet.Tracking;

/// <summary>
/// Cuts windows from camera frames and scales them to network size: R, G, B planes in [0, 1]. Reads only the window's pixels, and no
/// array is made for a size met before.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class FrameCutter
{
    private ResamplingAxis _columns = new(1, 1);
    private ResamplingAxis _rows = new(1, 1);
    private float[] _row = [];

    /// <summary>Fills planes with a window of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="window">The window, inside the frame.</param>
    /// <param name="planes">Receives R, G, B, <c>[3, NetworkHeight, NetworkWidth]</c>; may be longer.</param>
    /// <exception cref="ArgumentException">The window is not of this frame, or there is no room.</exception>
    public void Cut(FrameImage frame, FrameWindow window, Span<float> planes)
    {
        if (window.FrameWidth != frame.Width || window.FrameHeight != frame.Height || window.X < 0 || window.Y < 0
            || window.X + window.Width > frame.Width || window.Y + window.Height > frame.Height)
        {
            throw new ArgumentException(
                $"The window is of a frame of {window.FrameWidth}x{window.FrameHeight}; this one is {frame.Width}x{frame.Height}.",
                nameof(window));
        }

        var area = window.NetworkPixels;
        ArgumentOutOfRangeException.ThrowIfLessThan(planes.Length, 3 * area, nameof(planes));
        _columns = _columns.From == window.Width && _columns.To == window.NetworkWidth ? _columns : new ResamplingAxis(
            window.Width,
            window.NetworkWidth);
        _rows = _rows.From == window.Height && _rows.To == window.NetworkHeight ? _rows : new ResamplingAxis(
            window.Height,
            window.NetworkHeight);
        _row = _row.Length >= 3 * window.Width ? _row : new float[3 * window.Width];
        var row = _row.AsSpan(0, 3 * window.Width);
        for (var y = 0; y < window.NetworkHeight; y++)
        {
            // Rows first: what comes after has then no more rows than the network's picture.
            row.Clear();
            for (var tap = 0; tap < _rows.Taps; tap++)
            {
                var weight = _rows.Weights[(y * _rows.Taps) + tap];
                if (weight != 0)
                {
                    AddRow(
                        row,
                        frame.Row(window.Y + Math.Clamp(_rows.First[y] + tap, 0, window.Height - 1), window.X, window.Width),
                        weight / 255);
                }
            }

            var start = y * window.NetworkWidth;
            Columns(
                row,
                planes.Slice(start, window.NetworkWidth),
                planes.Slice(area + start, window.NetworkWidth),
                planes.Slice((2 * area) + start, window.NetworkWidth));
        }
    }

    private void Columns(ReadOnlySpan<float> row, Span<float> red, Span<float> green, Span<float> blue)
    {
        if (_columns.From == _columns.To)
        {
            for (var x = 0; x < red.Length; x++)
            {
                (blue[x], green[x], red[x]) = (Unit(row[3 * x]), Unit(row[(3 * x) + 1]), Unit(row[(3 * x) + 2]));
            }

            return;
        }

        var (taps, last) = (_columns.Taps, _columns.From - 1);
        for (var x = 0; x < red.Length; x++)
        {
            var weights = _columns.Weights.AsSpan(x * taps, taps);
            var first = _columns.First[x];
            float b = 0, g = 0, r = 0;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var at = 3 * Math.Clamp(first + tap, 0, last);
                b += weights[tap] * row[at];
                g += weights[tap] * row[at + 1];
                r += weights[tap] * row[at + 2];
            }

            (blue[x], green[x], red[x]) = (Unit(b), Unit(g), Unit(r));
        }
    }

    // A cubic goes beyond black and white at hard edges.
    private static float Unit(float value) => Math.Clamp(value, 0, 1);

    private static void AddRow(Span<float> sum, ReadOnlySpan<byte> pixels, float weight)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var (factor, width) = (new Vector<float>(weight), Vector<float>.Count);
            var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
            for (; i + Vector<byte>.Count <= pixels.Length; i += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(pixels[i..]), out var low, out var high);
                Vector.Widen(low, out var first, out var second);
                Vector.Widen(high, out var third, out var fourth);
                var at = i / width;
                sums[at] += factor * Vector.ConvertToSingle(first);
                sums[at + 1] += factor * Vector.ConvertToSingle(second);
                sums[at + 2] += factor * Vector.ConvertToSingle(third);
                sums[at + 3] += factor * Vector.ConvertToSingle(fourth);
            }
        }

        for (; i < pixels.Length; i++)
        {
            sum[i] += weight * pixels[i];
        }
    }
}
