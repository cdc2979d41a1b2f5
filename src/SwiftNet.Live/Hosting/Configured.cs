using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Hosting;

/// <summary>The configuration of one command.</summary>
/// <param name="Settings">Ours, validated: what is the same for all cameras.</param>
/// <param name="Logging">The logging framework's section.</param>
internal sealed record Configured(Settings Settings, IConfiguration Logging)
{
    /// <summary>The cameras, each with its own configuration. Default: one that has <see cref="Settings"/>.</summary>
    public IReadOnlyList<CameraSettings> Cameras { get; init; } = [new("camera", Settings)];

    /// <summary>All of it as it was written, to be handed on to other boxes; null where it is not to be.</summary>
    public IConfiguration? Whole { get; init; }

    /// <summary>Where it came from, so that changes can be taken over; null where they are not to be.</summary>
    public SettingsSource? Source { get; init; }

    /// <summary>The same with one camera that has other settings.</summary>
    public Configured With(Settings settings) => new(settings, Logging);
}
