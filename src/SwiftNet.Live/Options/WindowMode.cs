namespace SwiftNet.Live.Options;

/// <summary>The part of a frame that the network processes.</summary>
internal enum WindowMode
{
    /// <summary>Windows that follow the objects, cut from the native frame; the whole frame if an object is large or lost.</summary>
    Auto,

    /// <summary>Always the whole frame.</summary>
    Off,
}
