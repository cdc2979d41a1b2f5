using System.Text;

namespace SwiftNet.Live.Capture;

/// <summary>Input of one ffmpeg connection to a camera: command-line arguments and data for standard input.</summary>
internal abstract class CameraFeed : IDisposable
{
    /// <summary>ffmpeg's arguments up to and including <c>-i INPUT</c>. They are visible to every user of the machine.</summary>
    public abstract IReadOnlyList<string> Arguments { get; }

    /// <summary>Writes to ffmpeg's standard input until everything is written or <see cref="Stop"/> is called. Not visible to other
    /// processes.</summary>
    /// <returns>The reason for the end, if known here; null if ffmpeg's error messages contain it.</returns>
    /// <exception cref="IOException">ffmpeg has exited.</exception>
    public abstract SourceFailure? Send(Stream to);

    /// <summary>Ends <see cref="Send"/>. Thread-safe.</summary>
    public virtual void Stop()
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>A feed for which ffmpeg reads the camera itself.</summary>
    /// <param name="arguments">ffmpeg's arguments.</param>
    /// <param name="script">A concat script for standard input; empty = none.</param>
    public static CameraFeed Of(IReadOnlyList<string> arguments, string script) => new ScriptFeed(arguments, script);

    private sealed class ScriptFeed(IReadOnlyList<string> arguments, string script) : CameraFeed
    {
        public override IReadOnlyList<string> Arguments => arguments;

        public override SourceFailure? Send(Stream to)
        {
            to.Write(Encoding.UTF8.GetBytes(script));
            return null;
        }
    }
}
