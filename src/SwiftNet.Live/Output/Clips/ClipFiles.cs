namespace SwiftNet.Live.Output.Clips;

/// <summary>Names of the files of a clip.</summary>
internal static class ClipFiles
{
    /// <summary>The events and the files of the clip.</summary>
    public const string Facts = "event.json";

    /// <summary>The video, with the objects drawn in.</summary>
    public const string Video = "video.mp4";

    /// <summary>The picture of the first event, with the objects drawn in.</summary>
    public const string Snapshot = "snapshot.jpg";

    /// <summary>The same picture as captured; in privacy mode with hidden pixels.</summary>
    public const string Picture = "picture.jpg";

    /// <summary>The object in that picture.</summary>
    public const string Crop = "crop.jpg";

    /// <summary>Those that are sent, besides the facts.</summary>
    public static IReadOnlyList<string> All { get; } = [Video, Snapshot, Picture, Crop];

    /// <summary>Those that are in a folder.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. All.Where(file => File.Exists(Path.Combine(folder, file)))];
}
