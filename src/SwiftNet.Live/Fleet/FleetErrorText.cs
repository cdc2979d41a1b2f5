
namespace SwiftNet.Live.Fleet;

/// <summary>One-line error messages for failed calls to other nodes.</summary>
internal static class FleetErrorText
{
    /// <summary>The message of an exception without Orleans' internal details.</summary>
    public static string Of(Exception e) => e switch
    {
        OrleansException when e.Message.Contains("Unable to connect", StringComparison.Ordinal) => "the coordinator cannot be reached",
        OrleansException when e.Message.Contains("No active nodes", StringComparison.Ordinal) => "the fleet is still starting",
        TimeoutException => "the coordinator does not respond",
        _ => e.Message.Split('\n')[0].Split("   at ")[0].Trim(),
    };
}
