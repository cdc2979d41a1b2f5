namespace SwiftNet.Live.Options;

/// <summary>The objects to follow, told on the first frame. Ids: those of the mask, then one for each box, polygon and list of points.</summary>
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

    /// <summary>Whether there is an object.</summary>
    public bool Any => !string.IsNullOrWhiteSpace(Mask) || Boxes.Count + Polygons.Count + Points.Count > 0;
}
