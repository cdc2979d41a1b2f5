namespace SwiftNet.Live.Output.Rtsp;

/// <summary>First line and headers of an RTSP message.</summary>
internal static class RtspHead
{
    /// <summary>The value of a header; null = none.</summary>
    public static string? Value(string head, string name) => Values(head, name).FirstOrDefault();

    /// <summary>The values of a repeatable header.</summary>
    public static IEnumerable<string> Values(string head, string name) => head.Split("\r\n").Skip(1)
        .Select(line => line.Split(':', 2))
        .Where(parts => parts.Length == 2 && parts[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(parts => parts[1].Trim());
}
