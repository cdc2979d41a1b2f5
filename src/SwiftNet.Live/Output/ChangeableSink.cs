using SwiftNet.Live.Options;

namespace SwiftNet.Live.Output;

/// <summary>An output that can be switched on, off or over while the service runs: one with a queue or files of its own, so that nothing already made is touched.</summary>
/// <param name="Name">What its sink is called.</param>
/// <param name="ShowsPictures">As <see cref="IFrameSink.ShowsPictures"/>.</param>
/// <param name="Sections">The sections of options that it goes by.</param>
/// <param name="IsWanted">Whether the options ask for it.</param>
/// <param name="Make">Makes it, of the options and the camera's name.</param>
internal sealed record ChangeableSink(
    string Name, bool ShowsPictures, string[] Sections, Func<OutputOptions, bool> IsWanted, Func<OutputOptions, string, IServiceProvider, IFrameSink> Make)
{
    /// <summary>Whether an option, told by its whole key, is one of this output's.</summary>
    public bool GoesBy(string key) => Array.Exists(Sections, section => key.StartsWith($"Output:{section}:", StringComparison.Ordinal));
}
