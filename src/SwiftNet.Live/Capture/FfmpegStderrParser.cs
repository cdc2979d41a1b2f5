using System.Globalization;
using System.Text.RegularExpressions;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Capture;

/// <summary>Parses ffmpeg's standard error for a camera: format changes of the pictures, and error messages. One thread writes, another
/// reads.</summary>
internal sealed partial class FfmpegStderrParser(TimeProvider time)
{
    private const int KeptComplaints = 4;
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    // Older messages did not end the stream.
    private static readonly TimeSpan s_complaintsCount = TimeSpan.FromSeconds(10);
    private readonly object _gate = new();
    private readonly Queue<PictureFormat> _coming = new();
    private readonly Queue<(long At, string Line)> _complaints = new();
    // Codecs of cover pictures; a film never uses these.
    private static readonly string[] s_stillPictures = ["png", "mjpeg", "bmp", "gif", "webp", "tiff", "jpegls", "jpeg2000"];
    private readonly List<string> _streams = [];
    private bool _areListed;
    private PictureFormat _current;
    private bool _ended;

    /// <summary>The latest error messages, unmodified.</summary>
    public IReadOnlyCollection<string> Complaints
    {
        get
        {
            lock (_gate)
            {
                return [.. _complaints.Where(c => time.GetElapsedTime(c.At) <= s_complaintsCount).Select(c => c.Line)];
            }
        }
    }

    /// <summary>Index of the first video stream that is not a still picture, if ffmpeg listed several; null = not listed yet, or only one
    /// stream.</summary>
    public int? MainStream
    {
        get
        {
            lock (_gate)
            {
                return _streams.Count > 1 && _streams.FindIndex(codec => !s_stillPictures.Contains(codec)) is >= 0 and var main
                    ? main
                    : null;
            }
        }
    }

    /// <summary>A log line without its origin and level; empty for a line without additional information.</summary>
    public static string Message(string line)
    {
        var message = Prefix().Replace(line, "");
        message = message.StartsWith("pipe:0: ", StringComparison.Ordinal) ? message["pipe:0: ".Length..] : message;
        return message.StartsWith("Impossible to open", StringComparison.Ordinal)
            || message.StartsWith("Input/output error", StringComparison.Ordinal)
            ? ""
            : message.Trim();
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
            else if (Format().Match(line) is { Success: true } match)
            {
                _coming.Enqueue(PictureFormat.From(match));
            }
            else if (!_areListed && VideoStream().Match(line) is { Success: true } stream)
            {
                _streams.Add(stream.Groups["codec"].Value);
            }
            else if (line.Contains("Stream mapping:", StringComparison.Ordinal))
            {
                _areListed = true;
            }
            else if (IsComplaint(line))
            {
                if (_complaints.Count == KeptComplaints)
                {
                    _complaints.Dequeue();
                }

                _complaints.Enqueue((time.GetTimestamp(), line.Trim()));
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Format of the next picture, which has the given size in bytes; waits for ffmpeg's line about it. Null = the decoder ended
    /// without one.</summary>
    public PictureFormat? FormatOf(int length)
    {
        lock (_gate)
        {
            while (true)
            {
                // A format is logged before its first picture. Skip a format without pictures.
                while (_coming.TryPeek(out var next) && (next.Bytes == length || _current.Bytes != length))
                {
                    _current = _coming.Dequeue();
                }

                if (_current.Bytes == length)
                {
                    return _current;
                }

                if (_ended)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    // The muxer's messages concern timestamps, which are not used.
    private static bool IsComplaint(string line) =>
        (line.Contains("[error] ", StringComparison.Ordinal) || line.Contains("[fatal] ", StringComparison.Ordinal))
            && !line.StartsWith("[mpjpeg @", StringComparison.Ordinal);

    [GeneratedRegex(@"^(\[[^\]]* @ 0x[0-9a-f]+\] )?\[(error|fatal)\] ", Options)]
    private static partial Regex Prefix();

    // The input's streams, before the mapping.
    [GeneratedRegex(@"^\[info\] +Stream #0:\d+.*: Video: (?<codec>\w+)", Options)]
    private static partial Regex VideoStream();

    // Logged before the first picture and at each change of the format.
    [GeneratedRegex(@"^\[graph \d+ input from stream .*\] w:(?<width>\d+) h:(?<height>\d+) .*\bfr:(?<over>\d+)/(?<under>\d+)( sar:(?<sarOver>\d+)/(?<sarUnder>\d+))?", Options)]
    private static partial Regex Format();

    /// <summary>Format of decoded pictures.</summary>
    /// <param name="Width">Columns, in pixels.</param>
    /// <param name="Height">Rows, in pixels.</param>
    /// <param name="FrameRate">Frames per second of the stream; 25 if unknown.</param>
    /// <param name="Pixel">Pixel aspect ratio.</param>
    public readonly record struct PictureFormat(int Width, int Height, double FrameRate, PixelAspect Pixel)
    {
        /// <summary>Size of a picture in bytes as BGR.</summary>
        public int Bytes => Width * Height * 3;

        /// <summary>Parses ffmpeg's line about the format.</summary>
        public static PictureFormat From(Match match)
        {
            var (over, under) = (Number("over"), Number("under"));
            var rate = under > 0 ? (double)over / under : 0;
            return new PictureFormat(
                Number("width"),
                Number("height"),
                rate is > 0 and <= 1000 ? rate : 25,
                PixelAspect.Of(Number("sarOver"), Number("sarUnder")));

            int Number(string group) =>
                int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
    }
}
