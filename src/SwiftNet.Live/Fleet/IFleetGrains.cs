using SwiftNet.Live.Fleet.Keeping;

namespace SwiftNet.Live.Fleet;

/// <summary>A camera of the fleet: active on one box at a time, where it owns the camera's way from capture to output. Its key is the camera's name.</summary>
internal interface ICameraGrain : IGrainWithStringKey
{
    /// <summary>Starts the camera on the box that it was placed on.</summary>
    /// <returns>Why it does not run, one line; null where it does.</returns>
    /// <param name="camera">The camera.</param>
    /// <param name="box">The box that is meant; another one refuses.</param>
    /// <param name="epoch">The number of this activation; one that is no longer the newest is refused.</param>
    [ResponseTimeout("00:01:00")]
    Task<string?> RunAsync(CameraDefinition camera, string box, long epoch);

    /// <summary>Ends it well: what was captured is finished, what it follows is kept. Nothing where it does not run.</summary>
    /// <param name="next">Where it is to be active then; null for nowhere.</param>
    [ResponseTimeout("00:01:00")]
    Task StopAsync(SiloAddress? next);

    /// <summary>Answers a control call for this camera.</summary>
    [ResponseTimeout("00:00:30")]
    Task<ForwardedAnswer> AskAsync(ForwardedCall call);
}

/// <summary>The one that knows all boxes and cameras and decides who runs what. Any box may be its home.</summary>
internal interface IKeeperGrain : IGrainWithStringKey
{
    /// <summary>A box tells how it is, and asks to keep its cameras.</summary>
    [ResponseTimeout("00:00:10")]
    Task<LeaseAnswer> ReportAsync(BoxReport report);

    /// <summary>A box brings its cameras into the fleet; those that it alone had brought before and has no more are gone.</summary>
    /// <returns>What is wrong with them, one line; null for nothing.</returns>
    [ResponseTimeout("00:00:10")]
    Task<string?> DeclareAsync(string box, CameraDefinition[] cameras);

    /// <summary>All that there is to be seen.</summary>
    [ResponseTimeout("00:00:05")]
    Task<FleetStatus> StatusAsync();

    /// <summary>Where a camera runs.</summary>
    /// <returns>Whether there is such a camera, and the box that runs it; null where none does.</returns>
    [ResponseTimeout("00:00:05")]
    Task<(bool Known, SiloAddress? Silo)> WhereAsync(string camera);

    /// <summary>Moves a camera.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="box">Where to; null for the box with most to give.</param>
    /// <returns>What is wrong with that, one line; null for nothing.</returns>
    [ResponseTimeout("00:01:00")]
    Task<string?> MoveAsync(string camera, string? box);

    /// <summary>A person says that a silent box is off: its cameras may run elsewhere, however many boxes are silent.</summary>
    /// <returns>What is wrong with that, one line; null for nothing.</returns>
    [ResponseTimeout("00:00:10")]
    Task<string?> StrikeOffAsync(string box);
}
