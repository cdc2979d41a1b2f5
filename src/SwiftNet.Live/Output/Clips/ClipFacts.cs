using System.Text.Json.Serialization;

namespace SwiftNet.Live.Output.Clips;

/// <summary>An event of a clip.</summary>
/// <param name="Event">Its kind, such as entered or lost.</param>
/// <param name="Zone">The zone's name; null if it is no event of a zone.</param>
/// <param name="Line">The line's name; null if it is no event of a line.</param>
/// <param name="Direction">forward or backward at a line, else null.</param>
/// <param name="Object">The object's id.</param>
/// <param name="Name">The object's name; null = none.</param>
/// <param name="Frame">Number of the frame on which it happened.</param>
/// <param name="Time">Capture time of that frame.</param>
/// <param name="Box">The object's box x, y, width, height in pixels of the frame, where it was last visible; null if unknown.</param>
internal sealed record ClipEvent(
    string Event,
    string? Zone,
    string? Line,
    string? Direction,
    byte Object,
    string? Name,
    long Frame,
    DateTimeOffset Time,
    IReadOnlyList<int>? Box);

/// <summary>An event clip: the file <c>event.json</c> in its folder.</summary>
/// <param name="Id">The folder's name: the time of the first event (UTC).</param>
/// <param name="Camera">The camera's name.</param>
/// <param name="Starts">Capture time of the first picture of the video.</param>
/// <param name="Seconds">Length of the video in seconds; 0 without a video.</param>
/// <param name="Width">Columns of the pictures, in pixels.</param>
/// <param name="Height">Rows of the pictures, in pixels.</param>
/// <param name="Events">The events; the first began the clip.</param>
/// <param name="Files">The files beside it: video.mp4, snapshot.jpg, picture.jpg, crop.jpg, as far as there are.</param>
internal sealed record ClipFacts(
    string Id,
    string Camera,
    DateTimeOffset Starts,
    double Seconds,
    int Width,
    int Height,
    IReadOnlyList<ClipEvent> Events,
    IReadOnlyList<string> Files);

/// <summary>A page of the list of clips.</summary>
/// <param name="Clips">The clips, newest first.</param>
/// <param name="Total">Clips on the disk.</param>
/// <param name="Next">Id to ask for the next page with, as <c>before</c>; null on the last page.</param>
internal sealed record ClipList(IReadOnlyList<ClipFacts> Clips, int Total, string? Next);

/// <summary>JSON of clips: names in snake_case, members without a value omitted.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClipList))]
internal sealed partial class ClipJson : JsonSerializerContext;
