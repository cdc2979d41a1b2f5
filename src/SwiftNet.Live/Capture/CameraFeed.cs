using System.Text;

namespace SwiftNet.Live.Capture;

/// <summary>What ffmpeg gets for one connection to a camera: its arguments, and what it reads from its standard input.</summary>
internal abstract class CameraFeed : IDisposable
{
    /// <summary>ffmpeg's arguments up to and with <c>-i INPUT</c>. Every user of the machine can read them.</summary>
    public abstract IReadOnlyList<string> Arguments { get; }

    /// <summary>Writes what ffmpeg reads until all is written or <see cref="Stop"/> is called. No other process can read it.</summary>
    /// <returns>Why there is no more, where this is known here; null where ffmpeg's complaints say it.</returns>
    /// <exception cref="IOException">ffmpeg is gone.</exception>
    public abstract SourceFailure? Send(Stream to);

    /// <summary>Ends <see cref="Send"/>, whatever it waits for. Any thread may call this.</summary>
    public virtual void Stop()
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>One that reads the camera by itself, from arguments and a script.</summary>
    /// <param name="arguments">ffmpeg's arguments.</param>
    /// <param name="script">What it reads first; empty for nothing.</param>
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
