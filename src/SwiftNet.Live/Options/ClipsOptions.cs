namespace SwiftNet.Live.Options;

/// <summary>Event clips: a short video and pictures of each event of the chosen kinds.</summary>
internal sealed record ClipsOptions
{
    /// <summary>The kinds of events of objects and zones.</summary>
    public static readonly string[] AllKinds =
        ["appeared", "moved", "lost", "recovered", "entered", "left", "dwelled", "covered", "uncovered", "crossed"];

    /// <summary>Whether clips are written, in the folder <c>clips</c> of <see cref="OutputOptions.Directory"/>. While it is on, every
    /// picture is encoded as JPEG for the time before an event. Default: false.</summary>
    public bool Enabled { get; init; }

    /// <summary>The kinds of events that begin or extend a clip, separated by commas: appeared, moved, lost, recovered, and at zones and
    /// lines entered, left, dwelled, covered, uncovered, crossed. Default: those of zones and lines, and lost.</summary>
    public string Kinds { get; init; } = "entered,left,dwelled,covered,uncovered,crossed,lost";

    /// <summary>The kinds one by one.</summary>
    public IReadOnlyList<string> KindList => Kinds.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Length of the video before the event in seconds; 0 to 60, default 5.</summary>
    public double PreSeconds { get; init; } = 5;

    /// <summary>Length of the video after the last event in seconds; 0 to 300, default 5.</summary>
    public double PostSeconds { get; init; } = 5;

    /// <summary>Maximum length of a video in seconds, at least <see cref="PreSeconds"/> + <see cref="PostSeconds"/>; a later event begins
    /// another clip. Over 0, up to 3,600, default 60.</summary>
    public double MaxSeconds { get; init; } = 60;

    /// <summary>Memory for the pictures before an event in megabytes; 8 to 8,192, default 64. As many again may wait for the encoder. A
    /// JPEG of 1920x1080 pixels has about 0.4 MB.</summary>
    public int MemoryMegabytes { get; init; } = 64;

    /// <summary>Age at which a clip is deleted, in days; over 0, up to 3,650, default 30.</summary>
    public double KeepDays { get; init; } = 30;

    /// <summary>Maximum total size in gigabytes; the oldest clips are deleted above it; over 0, up to 1,000,000, default 5.</summary>
    public double KeepGigabytes { get; init; } = 5;

    /// <summary>Free disk space to preserve, in gigabytes; the oldest clips are deleted below it; 0 to 1,000,000, default 2.</summary>
    public double MinFreeGigabytes { get; init; } = 2;
}
