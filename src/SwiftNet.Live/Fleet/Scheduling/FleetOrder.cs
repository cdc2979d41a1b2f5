namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>An order to start, stop or move a camera.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="From">The node that must stop the camera first; null = the camera does not run.</param>
/// <param name="To">The node that must start the camera; null = none.</param>
/// <param name="Why">The reason.</param>
/// <param name="At">Timestamp of the decision.</param>
internal sealed record FleetOrder(CameraEntry Camera, string? From, string? To, string Why, long At);
