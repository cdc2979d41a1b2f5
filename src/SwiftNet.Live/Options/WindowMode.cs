namespace SwiftNet.Live.Options;

/// <summary>What the network sees of a frame.</summary>
internal enum WindowMode
{
    /// <summary>Windows that follow the objects, cut from the camera's own pixels; the whole frame where an object is large or lost.</summary>
    Auto,

    /// <summary>Always the whole frame.</summary>
    Off,
}
