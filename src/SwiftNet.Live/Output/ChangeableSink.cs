using SwiftNet.Live.Options;

namespace SwiftNet.Live.Output;

/// <summary>An output that can be switched on, off or reconfigured while the service runs: it has its own queue or files, so existing
/// results are not affected.</summary>
/// <param name="Name">The sink's name.</param>
/// <param name="ShowsPictures">See <see cref="IFrameSink.ShowsPictures"/>.</param>
/// <param name="Sections">The option sections that configure the output.</param>
/// <param name="IsWanted">Whether the options enable the output.</param>
/// <param name="Make">Creates the sink from the options and the camera's name.</param>
internal sealed record ChangeableSink(
    string Name,
    bool ShowsPictures,
    string[] Sections,
    Func<OutputOptions, bool> IsWanted,
    Func<OutputOptions, string, IServiceProvider, IFrameSink> Make)
{
    /// <summary>Whether an option, given by its full key, belongs to this output.</summary>
    public bool GoesBy(string key) => Array.Exists(Sections, section => key.StartsWith($"Output:{section}:", StringComparison.Ordinal));
}
