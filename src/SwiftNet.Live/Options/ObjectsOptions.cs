namespace SwiftNet.Live.Options;

/// <summary>The objects to follow, told on the first frame or while the service runs. Ids of the first frame: those of the mask, then one for each box, polygon and list of points.</summary>
internal sealed record ObjectsOptions
{
    /// <summary>A picture of object ids (palette or gray), or nothing.</summary>
    public string? Mask { get; init; }

    /// <summary><c>x,y,w,h</c> each, in pixels of the frame.</summary>
    public IReadOnlyList<string> Boxes { get; init; } = [];

    /// <summary><c>x1,y1;x2,y2;x3,y3…</c> each.</summary>
    public IReadOnlyList<string> Polygons { get; init; } = [];

    /// <summary><c>x,y;x,y;-x,y…</c> each; a minus in front marks a point beside the object.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];

    /// <summary>Whether objects can be given, corrected and removed while the service runs, at the page's address or over MQTT. Default: true.</summary>
    public bool Control { get; init; } = true;

    /// <summary>How far back a frame can be pointed at, in seconds; over 0, up to 60, default 4.</summary>
    public double KeepSeconds { get; init; } = 4;

    /// <summary>How much of those frames is kept, in megabytes of picture and mask for each camera; 8 to 8,192, default 64. They are held in less than half of that. Where that is too little for all of them some are left out.</summary>
    public int KeepMegabytes { get; init; } = 64;

    /// <summary>The folder where the objects outlive a restart, with their memory; <c>auto</c> (the default) for systemd's state folder, if the service has one; <c>none</c>.</summary>
    public string StateFolder { get; init; } = "auto";

    /// <summary>Seconds between two saves of what memory has learnt of the objects; 1 to 3,600, default 60. A change of the objects is saved within two seconds.</summary>
    public int SaveSeconds { get; init; } = 60;

    /// <summary>The largest file of objects that is taken, in megabytes; 1 to 4,096, default 256.</summary>
    public int FileMegabytes { get; init; } = 256;

    /// <summary>Whether there is an object.</summary>
    public bool Any => !string.IsNullOrWhiteSpace(Mask) || Boxes.Count + Polygons.Count + Points.Count > 0;
}
