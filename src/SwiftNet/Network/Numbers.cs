using TorchSharp;

namespace SwiftNet.Network;

/// <summary>
/// Numbers as libtorch's operations take them, kept for ever. TorchSharp makes an object of a number and hands its address over; where
/// nothing else holds the object, its finalizer may free it before the operation has read it (seen on a loaded machine, and in a test that
/// collects garbage meanwhile). TorchSharp's own <c>add</c> of one argument does that too, with the factor 1 it passes on (seen in a
/// training run), and so do the operator + and <c>arange</c> of one argument: sums name their factor, <c>a.add(b, Numbers.One)</c>. So a
/// number on its way into an operation is one of these, a field, or a <c>using</c> variable.
/// </summary>
internal static class Numbers
{
    private static readonly Scalar[] s_ids = [.. Enumerable.Range(0, 256).Select(id => (Scalar)id)];

    /// <summary>0.</summary>
    public static Scalar Zero { get; } = 0;

    /// <summary>1.</summary>
    public static Scalar One { get; } = 1;

    /// <summary>2.</summary>
    public static Scalar Two { get; } = 2;

    /// <summary>A half.</summary>
    public static Scalar Half { get; } = 0.5;

    /// <summary>An object's id.</summary>
    public static Scalar Id(byte id) => s_ids[id];
}
