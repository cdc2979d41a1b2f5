using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Reads <c>Cameras</c>: a list of entries with a <c>Name</c> and any sections of the common configuration, whose keys they override one by one.</summary>
internal static class CamerasReader
{
    /// <summary>The list's name.</summary>
    public const string Section = "Cameras";

    // One network, one preprocessing library, one web server and one set of metrics serve all cameras.
    private static readonly string[] s_common = ["Segment:Weights", "Segment:Device", "Segment:Precision", "Segment:Threads", "Preprocess", "Web", "Metrics", "Fleet"];
    private static readonly string[] s_own = ["Fleet:Needs", "Fleet:CameraMilliseconds"];
    private const int LongestName = 64;

    /// <summary>Every camera with its configuration; without entries, one called <c>camera</c> that has the common one.</summary>
    /// <exception cref="UserErrorException">Something is wrong, in the common sections or in an entry; the message holds a line for each.</exception>
    public static IReadOnlyList<CameraSettings> Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var common = SettingsReader.Read(configuration, errors);
        var cameras = new List<CameraSettings>();
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            cameras.Add(ReadEntry(configuration, entry, cameras, errors));
        }

        return errors.Count > 0 ? throw SettingsReader.Invalid(errors) : cameras.Count > 0 ? cameras : [new CameraSettings("camera", common)];
    }

    /// <summary>Whether an option, told by its whole key, is one for all cameras.</summary>
    public static bool IsCommon(string key) =>
        !s_own.Contains(key, StringComparer.OrdinalIgnoreCase) && Array.Exists(s_common, c => key.Equals(c, StringComparison.OrdinalIgnoreCase) || key.StartsWith(c + ":", StringComparison.OrdinalIgnoreCase));

    private static CameraSettings ReadEntry(IConfiguration configuration, IConfigurationSection entry, List<CameraSettings> before, List<string> errors)
    {
        var name = entry["Name"] ?? "";
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            errors.Add($"{entry.Path}:Name={name}: must be 1 to {LongestName} letters, digits, - or _");
        }
        else if (before.Exists(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add($"{entry.Path}:Name={name}: another camera has this name");
        }

        // A second reading of the common sections: each camera changes its own copy. What is wrong with them has been told.
        var settings = SettingsReader.Read(configuration, []);
        foreach (var child in entry.GetChildren().Where(c => !c.Key.Equals("Name", StringComparison.OrdinalIgnoreCase)))
        {
            ReadOverrides(child, settings, errors);
        }

        return new CameraSettings(name, entry["Output:Directory"] is null
            ? settings with { Output = settings.Output with { Directory = Path.Combine(settings.Output.Directory, name) } }
            : settings);
    }

    private static void ReadOverrides(IConfigurationSection section, Settings settings, List<string> errors)
    {
        if (SettingsReader.SectionOf(section.Key) is not { } known)
        {
            errors.Add($"{section.Path}: there is no such section; a camera has a Name, Capture, Segment, Memory, Objects, Budget and Output");
            return;
        }

        if (section.GetChildren().Select(c => $"{known.Name}:{c.Key}").FirstOrDefault(IsCommon) is { } common)
        {
            errors.Add($"{section.Path[..^section.Key.Length]}{common}: is one for all cameras; set {common} itself");
            return;
        }

        known.SetValue(settings, new SectionReader(errors, section.Path[..^section.Key.Length]).Read(section, known.Name, known.GetValue(settings)!));
    }
}
