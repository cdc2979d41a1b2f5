using System.Text.Json.Serialization;

namespace SwiftNet.Live.Control;

/// <summary>How an object stands.</summary>
[JsonConverter(typeof(WordConverter<ObjectCondition>))]
internal enum ObjectCondition
{
    /// <summary>It is seen.</summary>
    Tracking,

    /// <summary>It is hidden in part, or for a moment.</summary>
    Occluded,

    /// <summary>It is not seen.</summary>
    Lost,

    /// <summary>It was lost and is seen again.</summary>
    Recovered,

    /// <summary>It was given or corrected on an older frame, and is being followed from there to the newest.</summary>
    CatchingUp,

    /// <summary>It is not looked for.</summary>
    Paused,
}

/// <summary>An object as the control API returns it.</summary>
/// <param name="Id">1 to 255, its value in the masks.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Colour">What it is drawn in, <c>#rrggbb</c>.</param>
/// <param name="State">How it stands.</param>
/// <param name="Since">Since when.</param>
/// <param name="Confidence">How sure the network is of it in the newest mask, 0 to 1.</param>
/// <param name="Area">Its pixels in the newest mask.</param>
/// <param name="Box">x, y, width, height in the newest mask; null where it is not seen.</param>
/// <param name="Refused">Why its newest mask was refused, flood or jump; null where it was not.</param>
/// <param name="AddedFrame">The frame that it was given on.</param>
internal sealed record FollowedObject(
    byte Id,
    string Name,
    string Colour,
    ObjectCondition State,
    DateTimeOffset Since,
    double Confidence,
    int Area,
    IReadOnlyList<int>? Box,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Refused,
    long AddedFrame);

/// <summary>The objects of a camera at one moment.</summary>
/// <param name="Revision">Goes up with every command that changes the list; what the network finds does not change it.</param>
/// <param name="Objects">Each object, in order of id.</param>
internal sealed record ObjectList(long Revision, IReadOnlyList<FollowedObject> Objects);
