namespace SwiftNet.Live.Fleet.Scheduling;

/// <summary>What is to be done about a camera.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="From">The node that is to end it first; null where none has it.</param>
/// <param name="To">The node that is to run it then; null for none.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When it was ordered.</param>
internal sealed record FleetOrder(CameraEntry Camera, string? From, string? To, string Why, long At);
