
namespace SwiftNet.Live.Fleet;

/// <summary>Says in one line what came of a call to another node.</summary>
internal static class FleetErrorText
{
    /// <summary>What Orleans adds of its insides is left out.</summary>
    public static string Of(Exception e) => e switch
    {
        OrleansException when e.Message.Contains("Unable to connect", StringComparison.Ordinal) => "the node that keeps the fleet cannot be reached",
        OrleansException when e.Message.Contains("No active nodes", StringComparison.Ordinal) => "the fleet is still coming together",
        TimeoutException => "the node that keeps the fleet gives no answer",
        _ => e.Message.Split('\n')[0].Split("   at ")[0].Trim(),
    };
}
