namespace SwiftNet;

/// <summary>Which number format a network's convolutions run in, and why.</summary>
/// <param name="Format"><c>float32</c>, <c>bfloat16</c>, <c>float16</c> or <c>int8</c>.</param>
/// <param name="Reason">One sentence for people.</param>
/// <param name="Timings">What was measured at load, the fastest first; empty where nothing was.</param>
public sealed record FormatChoice(string Format, string Reason, IReadOnlyList<FormatTiming> Timings);

/// <summary>How long a few of the network's layers take in one format on this machine.</summary>
/// <param name="Format">The format.</param>
/// <param name="Milliseconds">The best of several runs.</param>
/// <param name="GigaMacs">Multiply-adds a second, in 10⁹.</param>
public readonly record struct FormatTiming(string Format, double Milliseconds, double GigaMacs);
