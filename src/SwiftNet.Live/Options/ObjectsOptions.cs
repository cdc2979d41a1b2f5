namespace SwiftNet.Live.Options;

/// <summary>The objects to track, given with the first frame or while the service runs. Ids of the first frame: those of the mask, then one
/// for each box, polygon and point list.</summary>
internal sealed record ObjectsOptions
{
    /// <summary>An indexed picture of object ids (palette or grey); empty = none.</summary>
    public string? Mask { get; init; }

    /// <summary>Bounding boxes <c>x,y,w,h</c> in pixels of the frame.</summary>
    public IReadOnlyList<string> Boxes { get; init; } = [];

    /// <summary>Polygons <c>x1,y1;x2,y2;x3,y3…</c> in pixels of the frame.</summary>
    public IReadOnlyList<string> Polygons { get; init; } = [];

    /// <summary>Point lists <c>x,y;x,y;-x,y…</c> in pixels of the frame; a leading minus marks a background point.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];

    /// <summary>Whether objects can be added, corrected and removed while the service runs, through the page or MQTT. Default:
    /// true.</summary>
    public bool Control { get; init; } = true;

    /// <summary>Length of the frame history to which commands can refer, in seconds; over 0, up to 60, default 4.</summary>
    public double HistorySeconds { get; init; } = 4;

    /// <summary>Maximum size of the frame history, in megabytes of pictures and masks per camera; 8 to 8,192, default 64. Compression uses
    /// less than half of that. If exceeded, some frames are left out.</summary>
    public int HistoryMegabytes { get; init; } = 64;

    /// <summary>The folder in which objects and their memory survive a restart; <c>auto</c> (default) = systemd's state folder, if
    /// available; <c>none</c> = not saved.</summary>
    public string StateFolder { get; init; } = "auto";

    /// <summary>Interval between two saves of the objects' memory, in seconds; 1 to 3,600, default 60. A change of the objects is saved
    /// within two seconds.</summary>
    public int SaveSeconds { get; init; } = 60;

    /// <summary>Maximum size of a restored object file, in megabytes; 1 to 4,096, default 256.</summary>
    public int FileMegabytes { get; init; } = 256;

    /// <summary>Whether any object is configured.</summary>
    public bool Any => !string.IsNullOrWhiteSpace(Mask) || Boxes.Count + Polygons.Count + Points.Count > 0;
}
