using System.Globalization;
using System.Text.RegularExpressions;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Parses standard error of a file's decoder: one line per picture from ffmpeg's showinfo filter, and error messages. One thread
/// writes, another reads.</summary>
internal sealed partial class FileDecoderLines
{
    private const int KeptComplaints = 4;
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;
    private readonly object _gate = new();
    private readonly Queue<DecodedPicture> _pictures = new();
    private readonly List<string> _complaints = [];
    private double _timeBase;
    private bool _ended;

    /// <summary>The decoder's first distinct error messages, joined into one line.</summary>
    public string Complaints
    {
        get
        {
            lock (_gate)
            {
                return string.Join("; ", _complaints);
            }
        }
    }

    /// <summary>Parses a line; null = end of the stream.</summary>
    public void Hear(string? line)
    {
        lock (_gate)
        {
            if (line is null)
            {
                _ended = true;
            }
            else if (Picture().Match(line) is { Success: true } picture)
            {
                _pictures.Enqueue(new DecodedPicture(
                    long.TryParse(
                        picture.Groups["pts"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
                        ? ticks * _timeBase
                        : null,
                    PixelAspect.Of(Number(picture, "sarWidth"), Number(picture, "sarHeight"))));
            }
            else if (TimeBase().Match(line) is { Success: true } timeBase)
            {
                _timeBase = (double)Number(timeBase, "over") / Math.Max(1, Number(timeBase, "under"));
            }
            else
            {
                Complain(line);
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Metadata of the next picture, in picture order; waits until it is available. Empty after the end.</summary>
    public DecodedPicture Next()
    {
        lock (_gate)
        {
            DecodedPicture picture;
            while (!_pictures.TryDequeue(out picture))
            {
                if (_ended)
                {
                    return new DecodedPicture(null, PixelAspect.Square);
                }

                Monitor.Wait(_gate);
            }

            return picture;
        }
    }

    // The muxer's messages concern timestamps of raw pictures, which have none.
    private void Complain(string line)
    {
        if (line.StartsWith("[rawvideo @", StringComparison.Ordinal) || Level().Match(line) is not { Success: true } level)
        {
            return;
        }

        var text = (line[..level.Index] + line[(level.Index + level.Length)..]).Trim();
        if (text.Length > 0 && _complaints.Count < KeptComplaints && !_complaints.Contains(text))
        {
            _complaints.Add(text);
        }
    }

    private static long Number(Match match, string group) =>
        long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    // Not pts_time, which is rounded to six digits.
    [GeneratedRegex(@"^\[Parsed_showinfo.*\] n: *\d+ pts: *(?<pts>-?\d+|NOPTS) .*\bsar:(?<sarWidth>\d+)/(?<sarHeight>\d+)", Options)]
    private static partial Regex Picture();

    [GeneratedRegex(@"^\[Parsed_showinfo.*\] config in time_base: (?<over>\d+)/(?<under>\d+)", Options)]
    private static partial Regex TimeBase();

    [GeneratedRegex(@"\[(error|fatal)\] ", Options)]
    private static partial Regex Level();
}
