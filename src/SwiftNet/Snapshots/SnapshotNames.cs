namespace SwiftNet.Snapshots;

/// <summary>What things are called in a snapshot.</summary>
internal static class SnapshotNames
{
    /// <summary>Keys of the metadata that begin so are the snapshot's own; all others are the caller's.</summary>
    public const string Own = "swiftnet.";

    /// <summary>The fingerprint of the network's weights.</summary>
    public const string Weights = Own + "weights";

    /// <summary>The <see cref="SnapshotState"/> as JSON.</summary>
    public const string State = Own + "state";

    /// <summary>The newest frame, float32 <c>[3, h, w]</c>.</summary>
    public const string Picture = "picture";

    /// <summary>The masks on it, float32 <c>[N, h, w]</c>; left out where there is none.</summary>
    public const string Masks = "masks";

    /// <summary>A part of an object's memory.</summary>
    public static string Object(int id, string part) => $"object.{id}.{part}";

    /// <summary>A given frame.</summary>
    public static string Given(int index) => $"given.{index}";

    /// <summary>The part of a given frame around its objects.</summary>
    public static string Near(string given) => given + ".near";
}
