namespace SwiftNet.Live.Hosting;

/// <summary>Where a configuration came from, so that it can be read again.</summary>
/// <param name="Files">The files, also those that may yet come into being.</param>
/// <param name="Read">Reads it again, the environment and the command line included.</param>
internal sealed record SettingsSource(IReadOnlyList<string> Files, Func<Configured> Read)
{
    /// <summary>Changes when one of the files does.</summary>
    public string Stamp() => string.Join(';', Files.Select(path =>
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks},{file.Length}" : "";
    }));
}
